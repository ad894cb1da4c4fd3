package io.smollama.sync;

import java.time.Duration;

/**
 * How many bytes a message shall carry: twice as many after a quick one, half as many after a slow
 * one or a failure, so that a slow link still gets messages through. One thread at a time.
 */
final class BatchSize {
  private static final int LEAST = 8 * 1024;
  private static final int FIRST = 128 * 1024;
  private static final long QUICK = Duration.ofSeconds(2).toNanos();
  private static final long SLOW = Duration.ofSeconds(10).toNanos();

  private int bytes = FIRST;

  int bytes() {
    return bytes;
  }

  /** An answer came; small messages say nothing of the link, but for being slow. */
  void answered(long nanos, long carried) {
    if (nanos > SLOW) {
      failed();
    } else if (nanos < QUICK && carried > bytes / 2) {
      bytes = Math.min(Limits.MESSAGE_BYTES, bytes * 2);
    }
  }

  boolean isLeast() {
    return bytes == LEAST;
  }

  void failed() {
    bytes = Math.max(LEAST, bytes / 2);
  }
}
