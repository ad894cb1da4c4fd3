package io.smollama.readings;

/**
 * Ticks at a fixed distance from an origin, on a clock of nanoseconds that never goes back. Ticks
 * do not drift, for each is reckoned from the origin; what was missed is skipped. Immutable.
 */
record TickSchedule(long origin, long interval) {

  /** How long to wait from {@code now} until the next tick: above 0, at most the interval. */
  long waitAt(long now) {
    return interval - Math.floorMod(now - origin, interval);
  }

  /** The number of the last tick up to {@code now}; that at the origin is 0. */
  long at(long now) {
    return Math.floorDiv(now - origin, interval);
  }
}
