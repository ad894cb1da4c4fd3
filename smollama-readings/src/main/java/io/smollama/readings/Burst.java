package io.smollama.readings;

import java.time.Duration;

/**
 * Reading more often for a while after something happened. Immutable.
 *
 * @param on which sources bring it about by telling something, such as {@code gpio:17}; {@code *}
 *     stands for any characters
 * @param read which sources are read then
 * @param interval how often
 * @param length for how long
 */
public record Burst(String on, String read, Duration interval, Duration length) {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration SHORTEST = Duration.ofMillis(10);

  public Burst {
    SourcePattern.of(on);
    SourcePattern.of(read);
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(length) > 0) {
      throw new IllegalArgumentException(
          "The interval of a burst is at least %s and at most its length, was %s"
              .formatted(SHORTEST, interval));
    }
    if (length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A burst is at most %s long, was %s".formatted(LONGEST, length));
    }
  }

  /** Of all sources, every second for ten seconds, after any edge at a pin. */
  public static Burst defaults() {
    return new Burst("gpio:*", "*", Duration.ofSeconds(1), Duration.ofSeconds(10));
  }
}
