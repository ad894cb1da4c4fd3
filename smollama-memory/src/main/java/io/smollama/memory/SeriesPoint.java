package io.smollama.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A point of a course; in the unit of the readings. Immutable.
 *
 * @param time when it was measured, or when its window begins
 * @param value the number, or the mean of the window
 * @param min the smallest number of the window
 * @param max the largest number of the window
 * @param count how many numbers it stands for, at least 1
 * @param resolution how long the window is; zero for a reading as it was measured
 */
public record SeriesPoint(
    Instant time, double value, double min, double max, long count, Duration resolution) {

  static SeriesPoint of(long time, double number) {
    return new SeriesPoint(Instant.ofEpochMilli(time), number, number, number, 1, Duration.ZERO);
  }

  static SeriesPoint of(long time, Rollup window, Duration width) {
    return new SeriesPoint(
        Instant.ofEpochMilli(time),
        window.mean(),
        window.min(),
        window.max(),
        window.count(),
        width);
  }

  /** Points of one span as one, at its begin; longer windows among them make it longer. */
  static SeriesPoint together(Instant begin, Duration span, List<SeriesPoint> points) {
    long count = points.stream().mapToLong(SeriesPoint::count).sum();
    double sum = points.stream().mapToDouble(p -> p.value() * p.count()).sum();
    return new SeriesPoint(
        begin,
        sum / count,
        points.stream().mapToDouble(SeriesPoint::min).min().orElseThrow(),
        points.stream().mapToDouble(SeriesPoint::max).max().orElseThrow(),
        count,
        points.stream()
            .map(SeriesPoint::resolution)
            .filter(resolution -> resolution.compareTo(span) > 0)
            .max(Comparator.naturalOrder())
            .orElse(span));
  }
}
