package io.smollama.dashboard;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.memory.Gap;
import io.smollama.memory.SeriesPoint;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A course over a span of time with its scales, as SVG, {@value #WIDTH} wide and {@value #HEIGHT}
 * high, y downwards. Places of labels and gaps are in percent of the width or the height.
 *
 * @param band between the smallest and the largest numbers; empty for flags
 * @param line through the means; it breaks off where nothing was said
 * @param levels the scale of the numbers, from below
 * @param times the scale of time
 * @param gaps where nothing was said
 */
record CourseChart(
    String band, String line, List<Mark> levels, List<Mark> times, List<Stretch> gaps) {
  static final int WIDTH = 1_000;
  static final int HEIGHT = 200;

  /** A label and its place. */
  record Mark(String place, String label) {}

  /** From a place on, so wide. */
  record Stretch(String place, String width, String says) {}

  /** The span and the numbers that the chart shows. */
  private record Scale(Instant from, Duration span, double low, double high) {
    double right(Instant time) {
      double past = (double) Duration.between(from, time).toMillis() / span.toMillis();
      return Math.max(0, Math.min(1, past));
    }

    double down(double number) {
      return 1 - (number - low) / (high - low);
    }

    String at(SeriesPoint point, Duration step, double number) {
      Duration half = point.count() > 1 ? step.dividedBy(2) : Duration.ZERO;
      return String.format(
          Locale.ROOT, "%.1f %.1f", WIDTH * right(point.time().plus(half)), HEIGHT * down(number));
    }
  }

  /**
   * Draws points.
   *
   * @param points at least one, all finite
   * @param step how far they usually lie apart
   * @param gaps where the line breaks off
   * @param latest tells the unit, and whether these are flags: of which the share that is on is
   *     drawn
   */
  static CourseChart of(
      List<SeriesPoint> points,
      List<Gap> gaps,
      HistoryRequest asked,
      Duration step,
      Reading latest,
      ZoneId zone) {
    boolean flags = latest.value() instanceof ReadingValue.Flag;
    double least = points.stream().mapToDouble(SeriesPoint::min).min().orElseThrow();
    double most = points.stream().mapToDouble(SeriesPoint::max).max().orElseThrow();
    RoundLevels levels = flags ? new RoundLevels(0, 0.5, 2) : RoundLevels.of(least, most);
    Duration span = Duration.between(asked.from(), asked.to());
    Scale scale = new Scale(asked.from(), span, levels.low(), levels.high());
    StringBuilder band = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (List<SeriesPoint> piece : pieces(points, gaps, step)) {
      draw(piece, scale, step, band, line);
    }
    return new CourseChart(
        flags ? "" : band.toString(),
        line.toString(),
        levels.all().stream()
            .map(
                level ->
                    new Mark(
                        percent(scale.down(level)),
                        flags ? flag(level) : label(level, latest.unit())))
            .toList(),
        TimeMarks.of(asked.from(), asked.to(), zone),
        gaps.stream().map(gap -> stretch(gap, scale)).toList());
  }

  private static String flag(double share) {
    return share <= 0 ? "off" : share >= 1 ? "on" : "";
  }

  private static String label(double level, String unit) {
    ShownValue shown = ShownValue.of(new ReadingValue.Quantity(level), unit);
    return (shown.figure() + " " + shown.unit()).strip();
  }

  private static void draw(
      List<SeriesPoint> piece, Scale scale, Duration step, StringBuilder band, StringBuilder line) {
    SeriesPoint first = piece.get(0);
    line.append('M').append(scale.at(first, step, first.value())).append("h0");
    band.append('M').append(scale.at(first, step, first.max()));
    for (SeriesPoint point : piece.subList(1, piece.size())) {
      line.append('L').append(scale.at(point, step, point.value()));
      band.append('L').append(scale.at(point, step, point.max()));
    }
    for (int i = piece.size() - 1; i >= 0; i--) {
      band.append('L').append(scale.at(piece.get(i), step, piece.get(i).min()));
    }
    band.append('Z');
  }

  private static List<List<SeriesPoint>> pieces(
      List<SeriesPoint> points, List<Gap> gaps, Duration step) {
    List<List<SeriesPoint>> pieces = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      if (i == 0 || isSilent(points.get(i - 1), points.get(i), gaps, step)) {
        pieces.add(new ArrayList<>());
      }
      pieces.get(pieces.size() - 1).add(points.get(i));
    }
    return pieces;
  }

  /** Whether a gap begins in the step of one point and ends in the step of the next. */
  private static boolean isSilent(
      SeriesPoint one, SeriesPoint next, List<Gap> gaps, Duration step) {
    Instant end = next.time().plus(step);
    return gaps.stream()
        .anyMatch(gap -> !gap.from().isBefore(one.time()) && !gap.to().isAfter(end));
  }

  private static Stretch stretch(Gap gap, Scale scale) {
    double begin = scale.right(gap.from());
    return new Stretch(
        percent(begin),
        percent(scale.right(gap.to()) - begin),
        "Nothing was said for " + TimeLength.words(gap.length()));
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }
}
