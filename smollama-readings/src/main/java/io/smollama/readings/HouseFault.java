package io.smollama.readings;

import java.time.Duration;
import java.util.Objects;

/**
 * Something that is wrong with a sensor of the simulated house. Immutable.
 *
 * @param source which one, without its type: {@code attic/temperature}
 * @param kind what is wrong
 * @param after how long after the house was opened it begins
 * @param length how long it lasts; a spike lasts for one reading
 * @param size how far off it is: a spike at once, a drift in a day
 */
public record HouseFault(String source, Kind kind, Duration after, Duration length, double size) {

  /** What can be wrong. Immutable. */
  public enum Kind {
    /** It says the same again and again. */
    STUCK,
    /** It says something far off, once. */
    SPIKE,
    /** It goes off by more and more. */
    DRIFT,
    /** It says nothing. */
    DROPOUT
  }

  public HouseFault {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(kind, "kind");
    if (after.isNegative() || length.isNegative()) {
      throw new IllegalArgumentException("A fault begins and lasts 0s or longer");
    }
    if (!Double.isFinite(size)) {
      throw new IllegalArgumentException("The size of a fault is a number, was " + size);
    }
  }

  /** Attic temperature stuck after ten minutes, for an hour. */
  public static HouseFault defaults() {
    return new HouseFault(
        "attic/temperature", Kind.STUCK, Duration.ofMinutes(10), Duration.ofHours(1), 15);
  }
}
