package io.smollama.memory;

import java.util.Arrays;
import java.util.Optional;

/**
 * What the numbers of a source did in a window; in the unit of its readings. Immutable.
 *
 * @param count how many there were, at least 1
 * @param min the smallest
 * @param max the largest
 * @param mean the arithmetic mean
 * @param p5 the 5th percentile: one in twenty was at or below it
 * @param p95 the 95th percentile
 */
public record ReadingStatistics(
    int count, double min, double max, double mean, double p5, double p95) {

  /** The statistics of numbers in any order, none NaN; empty for none. */
  static Optional<ReadingStatistics> of(double[] numbers) {
    if (numbers.length == 0) {
      return Optional.empty();
    }
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return Optional.of(
        new ReadingStatistics(
            sorted.length,
            sorted[0],
            sorted[sorted.length - 1],
            Arrays.stream(sorted).average().orElseThrow(),
            nearestRank(sorted, 0.05),
            nearestRank(sorted, 0.95)));
  }

  private static double nearestRank(double[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, Math.min(sorted.length - 1, rank - 1))];
  }
}
