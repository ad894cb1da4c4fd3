package io.smollama.memory;

import java.util.Arrays;

/**
 * The best of many by an estimate, without sorting: a histogram tells where to cut. One thread at a
 * time; the arrays are used again.
 */
final class EstimatedBest {
  /** The estimates' range: a text score and a nearness of meaning on top. */
  private static final double LEAST = -0.5;

  private static final double MOST = 1.5;
  private static final int STEPS = 8_192;
  private static final double SCALE = STEPS / (MOST - LEAST);

  private final int[] histogram = new int[STEPS];
  private int[] items = new int[1_024];
  private short[] steps = new short[1_024];
  private int count;

  void clear() {
    Arrays.fill(histogram, 0);
    count = 0;
  }

  void offer(int item, double estimate) {
    int step = (int) Math.max(0, Math.min(STEPS - 1, (estimate - LEAST) * SCALE));
    if (count == items.length) {
      items = Arrays.copyOf(items, count * 2);
      steps = Arrays.copyOf(steps, count * 2);
    }
    histogram[step]++;
    steps[count] = (short) step;
    items[count++] = item;
  }

  /**
   * At least so many of those offered, if there are; of a great many that tie some are left out.
   */
  int[] best(int wanted) {
    int within = 0;
    int cut = STEPS;
    while (cut > 0 && within < wanted) {
      within += histogram[--cut];
    }
    int[] best = new int[Math.min(within, 4 * wanted)];
    int found = 0;
    for (int i = 0; i < count && found < best.length; i++) {
      if (steps[i] >= cut) {
        best[found++] = items[i];
      }
    }
    return best;
  }
}
