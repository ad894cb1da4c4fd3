package io.smollama.readings;

import java.time.Duration;

/**
 * How often to sample. Immutable.
 *
 * @param interval the time from one pass to the next, above 0 and at most a day
 */
public record SamplerConfig(Duration interval) {
  private static final Duration LONGEST = Duration.ofDays(1);

  public SamplerConfig {
    if (interval.isNegative() || interval.isZero() || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "The interval must be above 0 and at most %s, was %s".formatted(LONGEST, interval));
    }
  }

  /** Every 5 seconds. */
  public static SamplerConfig defaults() {
    return new SamplerConfig(Duration.ofSeconds(5));
  }
}
