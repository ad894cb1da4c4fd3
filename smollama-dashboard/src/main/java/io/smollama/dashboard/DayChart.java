package io.smollama.dashboard;

import io.smollama.agent.SourceWords;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.memory.Downsampling;
import io.smollama.memory.ReadingHistory;
import io.smollama.memory.SeriesPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the numbers of a source did in the last 24 hours.
 *
 * @param label what people call the source
 * @param id its full id
 * @param low the smallest number
 * @param high the largest number
 * @param drawing the course
 */
record DayChart(String label, String id, ShownValue low, ShownValue high, ChartPaths drawing) {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int POINTS = 96;

  /** Less is a mere stroke at the edge. */
  static final Duration WORTH_DRAWING = Duration.ofMinutes(30);

  /** From the smallest to the largest number, with units. */
  String span() {
    String from = text(low);
    String to = text(high);
    return from.equals(to) ? from : from + " to " + to;
  }

  private static String text(ShownValue value) {
    return (value.figure() + " " + value.unit()).strip();
  }

  private static Duration span(List<SeriesPoint> points) {
    return Duration.between(points.get(0).time(), points.get(points.size() - 1).time());
  }

  /** One for each source that told numbers for long enough in the last 24 hours. */
  static List<DayChart> of(ReadingHistory history, Instant now) {
    return history.latest().stream()
        .filter(latest -> latest.value().in(latest.unit()) instanceof ReadingValue.Quantity)
        .flatMap(latest -> of(latest, history, now).stream())
        .toList();
  }

  private static Optional<DayChart> of(Reading latest, ReadingHistory history, Instant now) {
    Instant from = now.minus(DAY);
    List<SeriesPoint> points =
        history.downsampled(latest.source(), from, now, POINTS, Downsampling.MIN_MAX).stream()
            .filter(point -> Double.isFinite(point.max() - point.min()))
            .toList();
    if (points.size() < 2 || span(points).compareTo(WORTH_DRAWING) < 0) {
      return Optional.empty();
    }
    double low = points.stream().mapToDouble(SeriesPoint::min).min().orElseThrow();
    double high = points.stream().mapToDouble(SeriesPoint::max).max().orElseThrow();
    return Optional.of(
        new DayChart(
            ReadingGroup.capital(SourceWords.name(latest)),
            latest.source().toString(),
            ShownValue.of(new ReadingValue.Quantity(low), latest.unit()),
            ShownValue.of(new ReadingValue.Quantity(high), latest.unit()),
            ChartPaths.of(points, from, DAY, low, high)));
  }
}
