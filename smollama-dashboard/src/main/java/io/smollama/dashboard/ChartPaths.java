package io.smollama.dashboard;

import io.smollama.memory.SeriesPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A course as paths of SVG, {@value #WIDTH} wide and {@value #HEIGHT} high. Where nothing was said
 * for long, the line breaks off.
 *
 * @param band between the smallest and the largest numbers
 * @param line through the means
 */
record ChartPaths(String band, String line) {
  static final int WIDTH = 288;
  static final int HEIGHT = 48;

  /** Room above and below, for the width of the line. */
  private static final double EDGE = 2;

  private static final Duration LONG = Duration.ofMinutes(45);

  private record Scale(Instant from, Duration span, double low, double high) {
    String at(SeriesPoint point, double value) {
      Instant middle = point.time().plus(point.resolution().dividedBy(2));
      double past = (double) Duration.between(from, middle).toMillis() / span.toMillis();
      double x = WIDTH * Math.min(1, past);
      double share = high > low ? (value - low) / (high - low) : 0.5;
      double y = HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE);
      return String.format(Locale.ROOT, "%.1f %.1f", x, y);
    }
  }

  static ChartPaths of(
      List<SeriesPoint> points, Instant from, Duration span, double low, double high) {
    Scale scale = new Scale(from, span, low, high);
    StringBuilder band = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (List<SeriesPoint> piece : pieces(points)) {
      line.append('M').append(scale.at(piece.get(0), piece.get(0).value())).append("h0");
      band.append('M').append(scale.at(piece.get(0), piece.get(0).max()));
      for (SeriesPoint point : piece.subList(1, piece.size())) {
        line.append('L').append(scale.at(point, point.value()));
        band.append('L').append(scale.at(point, point.max()));
      }
      for (int i = piece.size() - 1; i >= 0; i--) {
        band.append('L').append(scale.at(piece.get(i), piece.get(i).min()));
      }
      band.append('Z');
    }
    return new ChartPaths(band.toString(), line.toString());
  }

  private static List<List<SeriesPoint>> pieces(List<SeriesPoint> points) {
    long usual =
        IntStream.range(1, points.size())
            .mapToLong(i -> gap(points.get(i - 1), points.get(i)))
            .sorted()
            .skip((points.size() - 1) / 2)
            .findFirst()
            .orElse(0);
    long tooLong = Math.max(LONG.toMillis(), 3 * usual);
    List<List<SeriesPoint>> pieces = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      if (i == 0 || gap(points.get(i - 1), points.get(i)) > tooLong) {
        pieces.add(new ArrayList<>());
      }
      pieces.get(pieces.size() - 1).add(points.get(i));
    }
    return pieces;
  }

  /** For how long nothing was said: a window lasts as long as it tells of. */
  private static long gap(SeriesPoint before, SeriesPoint after) {
    Instant last = before.time().plus(before.resolution());
    return Duration.between(last, after.time()).toMillis();
  }
}
