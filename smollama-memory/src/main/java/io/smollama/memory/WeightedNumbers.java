package io.smollama.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Numbers of which each stands for several, so that percentiles of windows can be estimated: their
 * numbers are taken to lie densest at the mean and to thin out evenly towards the smallest and the
 * largest. Of readings it is exact (nearest rank). Immutable.
 */
final class WeightedNumbers {
  /** For how many numbers to each side of its mean a window stands. */
  private static final int TO_EACH_SIDE = 10;

  private final List<Weighted> sorted;

  private WeightedNumbers(List<Weighted> sorted) {
    this.sorted = sorted;
  }

  private record Weighted(double number, double weight) {}

  /** Of at least one point. */
  static WeightedNumbers of(List<SeriesPoint> points) {
    List<Weighted> numbers = new ArrayList<>();
    points.forEach(point -> add(point, numbers));
    numbers.sort(Comparator.comparingDouble(Weighted::number));
    return new WeightedNumbers(numbers);
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

  /** The smallest number that about this share of all, 0 to 1, is at or below. */
  double percentile(double share) {
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
