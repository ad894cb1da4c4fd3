package io.smollama.memory;

import java.util.List;
import java.util.Optional;

/**
 * Where the numbers of a source usually lie: one in twenty is at or below the low end, one in
 * twenty above the high end; in the unit of the readings. Immutable.
 *
 * <p>Of readings it is exact (nearest rank). Of windows it is estimated: their numbers are taken to
 * lie densest at the mean and to thin out evenly towards the smallest and the largest.
 *
 * @param count how many numbers there were, at least 1
 * @param low the 5th percentile
 * @param high the 95th percentile
 */
public record UsualRange(long count, double low, double high) {
  private static final double LOW = 0.05;
  private static final double HIGH = 0.95;

  static Optional<UsualRange> of(List<SeriesPoint> points) {
    if (points.isEmpty()) {
      return Optional.empty();
    }
    WeightedNumbers numbers = WeightedNumbers.of(points);
    long count = points.stream().mapToLong(SeriesPoint::count).sum();
    return Optional.of(new UsualRange(count, numbers.percentile(LOW), numbers.percentile(HIGH)));
  }
}
