package io.smollama.agent;

import java.util.Arrays;
import java.util.Optional;

/**
 * Finds a value that is far away for a moment: further from those before and after it than ten of
 * the largest usual steps. One thread at a time.
 */
final class SpikeRule {
  private static final int WARM_UP = 60;
  private static final int AROUND = 5;
  private static final double FAR = 10;

  /** How slowly a usual step is forgotten. */
  private static final double KEPT = 0.999;

  private final double[] around = new double[AROUND];
  private final double margin;
  private long seen;
  private double usualStep;

  /**
   * A rule.
   *
   * @param margin a difference that nobody cares about
   */
  SpikeRule(double margin) {
    this.margin = margin;
  }

  /** The value in the middle of the last five, if it was a spike; told two values later. */
  Optional<Double> next(double value) {
    System.arraycopy(around, 1, around, 0, AROUND - 1);
    around[AROUND - 1] = value;
    seen++;
    if (seen < AROUND) {
      return Optional.empty();
    }
    double middle = around[AROUND / 2];
    double[] sorted = around.clone();
    Arrays.sort(sorted);
    double off = Math.abs(middle - sorted[AROUND / 2]);
    // The four others agree: what stays away is no spike.
    boolean agree = Math.min(sorted[3] - sorted[0], sorted[4] - sorted[1]) < off / 2;
    boolean spike = seen > WARM_UP && agree && off > margin && off > FAR * usualStep;
    if (!spike) {
      usualStep = Math.max(off, usualStep * KEPT);
    }
    return spike ? Optional.of(middle) : Optional.empty();
  }
}
