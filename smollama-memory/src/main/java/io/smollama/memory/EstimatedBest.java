package io.smollama.memory;

import java.util.Arrays;

/**
 * The best of many by an estimate, in two passes over them and without sorting: a histogram tells
 * in the first where to cut in the second.
 */
final class EstimatedBest {
  /** The estimates' range: a text score and a nearness of meaning on top. */
  private static final double LEAST = -0.5;

  private static final double MOST = 1.5;
  private static final int STEPS = 8_192;

  private final int wanted;
  private final int[] histogram = new int[STEPS];
  private int[] items = {};
  private int count;
  private int cut = -1;

  EstimatedBest(int wanted) {
    this.wanted = wanted;
  }

  /** Takes every candidate in pass 0 and once more in pass 1. */
  void offer(int item, double estimate, int pass) {
    double share = (estimate - LEAST) / (MOST - LEAST);
    int step = (int) Math.max(0, Math.min(STEPS - 1, share * STEPS));
    if (pass == 0) {
      histogram[step]++;
      return;
    }
    if (cut < 0) {
      cut();
    }
    if (step >= cut && count < items.length) {
      items[count++] = item;
    }
  }

  /** Of a great many that tie at the border some are left out. */
  private void cut() {
    int within = 0;
    cut = STEPS;
    while (cut > 0 && within < wanted) {
      within += histogram[--cut];
    }
    items = new int[Math.min(within, 4 * wanted)];
  }

  int[] items() {
    return Arrays.copyOf(items, count);
  }
}
