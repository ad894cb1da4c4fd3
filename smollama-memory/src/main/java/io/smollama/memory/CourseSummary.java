package io.smollama.memory;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * What the numbers of a source did in a span of any length; in the unit of its readings. Count,
 * extremes and mean are exact. Immutable.
 *
 * @param count how many there were, at least 1
 * @param min the smallest
 * @param max the largest
 * @param mean the arithmetic mean
 * @param p5 the 5th percentile: one in twenty was at or below it
 * @param p25 the 25th percentile
 * @param p50 the median
 * @param p75 the 75th percentile
 * @param p95 the 95th percentile
 * @param estimated whether the percentiles are estimated from windows, because readings are gone or
 *     very many
 */
public record CourseSummary(
    long count,
    double min,
    double max,
    double mean,
    double p5,
    double p25,
    double p50,
    double p75,
    double p95,
    boolean estimated) {

  static Optional<CourseSummary> of(ReadingWindow window) {
    return window
        .statistics()
        .map(
            all ->
                of(
                    all.count(),
                    all.min(),
                    all.max(),
                    all.mean(),
                    share -> window.percentile(share).orElseThrow(),
                    false));
  }

  static Optional<CourseSummary> of(List<SeriesPoint> points) {
    if (points.isEmpty()) {
      return Optional.empty();
    }
    SeriesPoint all =
        SeriesPoint.together(points.get(0).time(), points.get(0).resolution(), points);
    WeightedNumbers numbers = WeightedNumbers.of(points);
    boolean estimated = points.stream().anyMatch(point -> point.count() > 1);
    return Optional.of(
        of(all.count(), all.min(), all.max(), all.value(), numbers::percentile, estimated));
  }

  private static CourseSummary of(
      long count,
      double min,
      double max,
      double mean,
      DoubleUnaryOperator percentile,
      boolean estimated) {
    return new CourseSummary(
        count,
        min,
        max,
        mean,
        percentile.applyAsDouble(0.05),
        percentile.applyAsDouble(0.25),
        percentile.applyAsDouble(0.5),
        percentile.applyAsDouble(0.75),
        percentile.applyAsDouble(0.95),
        estimated);
  }
}
