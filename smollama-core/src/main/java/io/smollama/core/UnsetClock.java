package io.smollama.core;

import java.time.Instant;

/**
 * What the clock of a machine says that has not learned the time since it started: a time in 1970
 * (UTC). Nobody knows when that was. Immutable.
 */
public final class UnsetClock {
  private static final Instant END = Instant.parse("1971-01-01T00:00:00Z");

  private UnsetClock() {}

  /** Whether a time may come from such a clock; 1970-01-01T00:00:00Z itself stands for unknown. */
  public static boolean gave(Instant time) {
    return !time.isBefore(Instant.EPOCH) && time.isBefore(END);
  }
}
