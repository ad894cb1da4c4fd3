package io.smollama.sync;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * When a {@link Synchronizer} meets its peer, and what it takes there. Immutable.
 *
 * @param interval from one exchange to the next when nothing happens
 * @param wakeAfter how long new knowledge waits for more of it before it is sent
 * @param firstRetry the longest wait after the first failure; it doubles with each further one
 * @param longestRetry the longest wait after any failure
 * @param streams which streams are taken from the peer; none means all. All that is held is given
 * @param scope whose entries are taken from it
 */
public record SynchronizerConfig(
    Duration interval,
    Duration wakeAfter,
    Duration firstRetry,
    Duration longestRetry,
    Set<Integer> streams,
    SyncScope scope) {
  /**
   * Every five minutes; new knowledge after two seconds; failures from 5 seconds to 15 minutes. It
   * takes all.
   */
  public static final SynchronizerConfig DEFAULT =
      new SynchronizerConfig(
          Duration.ofMinutes(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofMinutes(15),
          Set.of(),
          SyncScope.ALL);

  public SynchronizerConfig {
    streams = Set.copyOf(streams);
    requirePositive("interval", interval);
    requirePositive("wakeAfter", wakeAfter);
    requirePositive("firstRetry", firstRetry);
    requirePositive("longestRetry", longestRetry);
    Objects.requireNonNull(scope, "scope");
  }

  private static void requirePositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("%s is above zero, was %s".formatted(what, duration));
    }
  }

  /** The same for some streams only. */
  public SynchronizerConfig taking(Set<Integer> some) {
    return new SynchronizerConfig(interval, wakeAfter, firstRetry, longestRetry, some, scope);
  }

  /** The same with another interval. */
  public SynchronizerConfig every(Duration another) {
    return new SynchronizerConfig(another, wakeAfter, firstRetry, longestRetry, streams, scope);
  }

  /** The same for the entries of some only. */
  public SynchronizerConfig taking(SyncScope another) {
    return new SynchronizerConfig(interval, wakeAfter, firstRetry, longestRetry, streams, another);
  }
}
