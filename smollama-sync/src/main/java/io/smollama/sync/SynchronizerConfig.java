package io.smollama.sync;

import java.time.Duration;

/**
 * When a {@link Synchronizer} meets its peer. Immutable.
 *
 * @param interval from one exchange to the next when nothing happens
 * @param wakeAfter how long new knowledge waits for more of it before it is sent
 * @param firstRetry the longest wait after the first failure; it doubles with each further one
 * @param longestRetry the longest wait after any failure
 */
public record SynchronizerConfig(
    Duration interval, Duration wakeAfter, Duration firstRetry, Duration longestRetry) {
  /** Every five minutes; new knowledge after two seconds; failures from 5 seconds to 15 minutes. */
  public static final SynchronizerConfig DEFAULT =
      new SynchronizerConfig(
          Duration.ofMinutes(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofMinutes(15));

  public SynchronizerConfig {
    requirePositive("interval", interval);
    requirePositive("wakeAfter", wakeAfter);
    requirePositive("firstRetry", firstRetry);
    requirePositive("longestRetry", longestRetry);
  }

  private static void requirePositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("%s is above zero, was %s".formatted(what, duration));
    }
  }

  /** The same with another interval. */
  public SynchronizerConfig every(Duration another) {
    return new SynchronizerConfig(another, wakeAfter, firstRetry, longestRetry);
  }
}
