package io.smollama.agent;

/**
 * How surprising a residual still is: the more often one as large has come, the less. Residuals are
 * sorted into octaves; what comes close together counts once, as loud as its loudest. A source that
 * jumps every hour thereby earns its jumps within a few. One thread at a time.
 */
final class Habituation {
  /** What comes within so many values of the first is one event. */
  private static final int CLUSTER = 50;

  private static final int BINS = 64;
  private static final int ONE = 32;

  private final int[] events = new int[BINS];
  private int sinceFirst = CLUSTER;
  private int loudest;

  /** From 0, just as before, or nearly 0, seen often, to 1, never seen. Takes it in. */
  double surprise(double residual) {
    int bin = bin(residual);
    double asLoud = events[bin] / 2.0;
    for (int louder = bin + 1; louder < BINS; louder++) {
      asLoud += events[louder];
    }
    count(bin);
    return residual > 0 ? 1 / (2 * asLoud + 1) : 0;
  }

  private void count(int bin) {
    sinceFirst++;
    if (sinceFirst >= CLUSTER) {
      sinceFirst = 0;
      loudest = bin;
      events[bin]++;
    } else if (bin > loudest) {
      events[loudest]--;
      events[bin]++;
      loudest = bin;
    }
  }

  /** No residual at all has a bin of its own, below all others. */
  private static int bin(double residual) {
    return residual > 0 ? Math.max(1, Math.min(BINS - 1, Math.getExponent(residual) + ONE)) : 0;
  }
}
