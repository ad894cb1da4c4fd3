package io.smollama.readings;

import java.time.Duration;

/**
 * How patient the hub is with its providers. Immutable.
 *
 * @param deadline how long a read may take
 * @param firstRetry how long a provider is left alone after its first failure; doubles with each
 * @param longestRetry how long it is left alone at most
 */
public record HubConfig(Duration deadline, Duration firstRetry, Duration longestRetry) {
  private static final Duration LONGEST = Duration.ofDays(1);

  public HubConfig {
    requireInRange("deadline", deadline);
    requireInRange("firstRetry", firstRetry);
    requireInRange("longestRetry", longestRetry);
    if (longestRetry.compareTo(firstRetry) < 0) {
      throw new IllegalArgumentException(
          "longestRetry %s is shorter than firstRetry %s".formatted(longestRetry, firstRetry));
    }
  }

  /** A deadline of 2 s; retries after 1 s, 2 s, 4 s and so on up to 60 s. */
  public static HubConfig defaults() {
    return new HubConfig(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(60));
  }

  /** How long to leave a provider alone that failed so many times, one after another. */
  Duration retryAfter(long failures) {
    long doublings = Math.min(failures - 1, 40);
    Duration delay = firstRetry;
    for (long i = 0; i < doublings && delay.compareTo(longestRetry) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(longestRetry) < 0 ? delay : longestRetry;
  }

  private static void requireInRange(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s must be above 0 and at most %s, was %s".formatted(name, LONGEST, duration));
    }
  }
}
