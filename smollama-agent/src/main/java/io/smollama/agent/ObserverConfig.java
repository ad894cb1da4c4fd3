package io.smollama.agent;

import java.time.Duration;
import java.util.Objects;

/**
 * The section {@code observer} of the configuration: how often a model looks at the readings by
 * itself. Immutable.
 *
 * @param model whether it does
 * @param shortestInterval between two looks while the readings are lively
 * @param longestInterval between two looks while they are quiet
 * @param looksPerDay the most in 24 hours; 0 for none but those that a person asks for
 */
public record ObserverConfig(
    Use model, Duration shortestInterval, Duration longestInterval, int looksPerDay) {

  /** Whether a model is used. */
  public enum Use {
    /** Whenever a chat model is at hand. */
    AUTO,
    /** Only when a person asks for a look. */
    OFF
  }

  private static final Duration AT_LEAST = Duration.ofMinutes(1);
  private static final Duration AT_MOST = Duration.ofDays(7);

  public ObserverConfig {
    Objects.requireNonNull(model, "model");
    if (shortestInterval.compareTo(AT_LEAST) < 0
        || longestInterval.compareTo(shortestInterval) < 0
        || longestInterval.compareTo(AT_MOST) > 0) {
      throw new IllegalArgumentException(
          ("shortest_interval is 1 minute or more and longest_interval from there to 7 days;"
                  + " were %s and %s")
              .formatted(shortestInterval, longestInterval));
    }
    if (looksPerDay < 0 || looksPerDay > 1_000) {
      throw new IllegalArgumentException("looks_per_day is 0 to 1000, was " + looksPerDay);
    }
  }

  /** Between a quarter of an hour and four hours, at most 24 times a day. */
  public static ObserverConfig defaults() {
    return new ObserverConfig(Use.AUTO, Duration.ofMinutes(15), Duration.ofHours(4), 24);
  }
}
