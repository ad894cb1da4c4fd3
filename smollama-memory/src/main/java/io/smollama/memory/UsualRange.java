package io.smollama.memory;

import java.util.ArrayList;
import java.util.Comparator;
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

  /** For how many numbers to each side of its mean a window stands. */
  private static final int TO_EACH_SIDE = 10;

  private record Weighted(double number, double weight) {}

  static Optional<UsualRange> of(List<SeriesPoint> points) {
    if (points.isEmpty()) {
      return Optional.empty();
    }
    List<Weighted> numbers = new ArrayList<>();
    points.forEach(point -> add(point, numbers));
    numbers.sort(Comparator.comparingDouble(Weighted::number));
    long count = points.stream().mapToLong(SeriesPoint::count).sum();
    return Optional.of(new UsualRange(count, percentile(numbers, LOW), percentile(numbers, HIGH)));
  }

  private static void add(SeriesPoint point, List<Weighted> numbers) {
    double spread = point.max() - point.min();
    if (!(spread > 0) || Double.isInfinite(spread)) {
      numbers.add(new Weighted(point.value(), point.count()));
      return;
    }
    double below = (point.max() - point.value()) / spread; // so that the mean is kept
    for (int i = 0; i < TO_EACH_SIDE; i++) {
      double off = 1 - Math.sqrt(1 - (i + 0.5) / TO_EACH_SIDE);
      double weight = (double) point.count() / TO_EACH_SIDE;
      numbers.add(
          new Weighted(point.value() - off * (point.value() - point.min()), weight * below));
      numbers.add(
          new Weighted(point.value() + off * (point.max() - point.value()), weight * (1 - below)));
    }
  }

  private static double percentile(List<Weighted> sorted, double share) {
    double all = sorted.stream().mapToDouble(Weighted::weight).sum();
    double so = 0;
    for (Weighted number : sorted) {
      so += number.weight();
      if (so >= share * all) {
        return number.number();
      }
    }
    return sorted.get(sorted.size() - 1).number();
  }
}
