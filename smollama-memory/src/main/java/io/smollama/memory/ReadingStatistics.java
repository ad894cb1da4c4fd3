package io.smollama.memory;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the numbers of a source did in a window; in the unit of its readings. Immutable.
 *
 * @param count how many there were, at least 1
 * @param min the smallest
 * @param max the largest
 * @param mean the arithmetic mean
 * @param standardDeviation of these numbers as the whole population
 * @param p5 the 5th percentile: one in twenty was at or below it
 * @param p50 the median
 * @param p95 the 95th percentile
 * @param duration from the first number to the last
 */
public record ReadingStatistics(
    int count,
    double min,
    double max,
    double mean,
    double standardDeviation,
    double p5,
    double p50,
    double p95,
    Duration duration) {

  static Optional<ReadingStatistics> of(Samples samples) {
    double[] sorted = sortedNumbers(samples);
    if (sorted.length == 0) {
      return Optional.empty();
    }
    double mean = Decimals.sum(sorted, 0, sorted.length) / sorted.length;
    double squares = 0;
    for (double number : sorted) {
      squares += (number - mean) * (number - mean);
    }
    return Optional.of(
        new ReadingStatistics(
            sorted.length,
            sorted[0],
            sorted[sorted.length - 1],
            mean,
            Math.sqrt(squares / sorted.length),
            nearestRank(sorted, 0.05),
            nearestRank(sorted, 0.5),
            nearestRank(sorted, 0.95),
            duration(samples)));
  }

  static OptionalDouble percentile(Samples samples, double share) {
    double[] sorted = sortedNumbers(samples);
    return sorted.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(nearestRank(sorted, share));
  }

  private static double[] sortedNumbers(Samples samples) {
    double[] numbers = new double[samples.count()];
    int count = 0;
    for (int i = 0; i < samples.count(); i++) {
      if (samples.isNumber(i)) {
        numbers[count++] = samples.numbers()[i];
      }
    }
    double[] sorted = Arrays.copyOf(numbers, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static Duration duration(Samples samples) {
    int first = 0;
    while (!samples.isNumber(first)) {
      first++;
    }
    int last = samples.count() - 1;
    while (!samples.isNumber(last)) {
      last--;
    }
    return Duration.ofMillis(samples.times()[last] - samples.times()[first]);
  }

  private static double nearestRank(double[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, Math.min(sorted.length - 1, rank - 1))];
  }
}
