package io.smollama.readings;

import java.util.OptionalDouble;

/**
 * The share of time that the CPU was busy since the sample before, in percent. Between samples that
 * lie too close together for a meaningful share, the last one is told again. One thread at a time.
 */
final class CpuShare {
  private final double fewestTicks;
  private double busyBefore;
  private double totalBefore = Double.NaN;
  private OptionalDouble last = OptionalDouble.empty();

  /**
   * A share without a sample yet.
   *
   * @param fewestTicks how many ticks of all CPUs together make a share; 100 are good for 1 %
   */
  CpuShare(double fewestTicks) {
    this.fewestTicks = fewestTicks;
  }

  /** The share since the sample before; empty at the first, and when the counters went back. */
  OptionalDouble since(double busy, double total) {
    double ticks = total - totalBefore;
    if (ticks >= 0 && ticks < fewestTicks) {
      return last;
    }
    last =
        ticks > 0
            ? OptionalDouble.of(Math.max(0, Math.min(100, 100 * (busy - busyBefore) / ticks)))
            : OptionalDouble.empty();
    busyBefore = busy;
    totalBefore = total;
    return last;
  }
}
