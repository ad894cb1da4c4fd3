package io.smollama.readings;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The limits of one output, the same for whoever switches it. Immutable.
 *
 * @param hazard what may come of it
 * @param maxOn how long it may be on without a break; zero for as long as it likes
 * @param minOn how long it stays on at least
 * @param minOff how long it stays off at least
 * @param actsPerHour how often it may be switched in an hour, 1 to 3600; going off always may
 * @param initial how it is when the node starts
 * @param atExit how it is left
 * @param neverWith pins that must be low for this to go high, and the other way round
 */
public record OutputRules(
    Hazard hazard,
    Duration maxOn,
    Duration minOn,
    Duration minOff,
    int actsPerHour,
    Level initial,
    Level atExit,
    List<Integer> neverWith) {
  private static final int MOST_ACTS = 3600;
  private static final Duration LONGEST = Duration.ofDays(366);

  /** What may come of switching an output. */
  public enum Hazard {
    /** Can be taken back: a lamp, a fan. */
    REVERSIBLE,
    /** Only tells: a light that means something. */
    INDICATOR,
    /** May hurt or destroy: a lock, a heater. A person says so each time, who cannot be a model. */
    HAZARDOUS
  }

  /** How an output is to be. */
  public enum Level {
    LOW,
    HIGH,
    /** As it is. */
    KEEP
  }

  public OutputRules {
    Objects.requireNonNull(hazard, "hazard");
    Objects.requireNonNull(initial, "initial");
    Objects.requireNonNull(atExit, "atExit");
    neverWith = List.copyOf(neverWith);
    for (Duration time : List.of(maxOn, minOn, minOff)) {
      if (time.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "max_on, min_on and min_off are %d days at most".formatted(LONGEST.toDays()));
      }
    }
    if (maxOn.isNegative() || minOn.isNegative() || minOff.isNegative()) {
      throw new IllegalArgumentException("max_on, min_on and min_off are 0s or longer");
    }
    if (!maxOn.isZero() && maxOn.compareTo(minOn) < 0) {
      throw new IllegalArgumentException(
          "max_on is at least min_on, was %s and %s".formatted(maxOn, minOn));
    }
    if (actsPerHour < 1 || actsPerHour > MOST_ACTS) {
      throw new IllegalArgumentException(
          "acts_per_hour is 1 to %d, was %d".formatted(MOST_ACTS, actsPerHour));
    }
    if (hazard == Hazard.HAZARDOUS && (initial != Level.LOW || atExit == Level.HIGH)) {
      throw new IllegalArgumentException(
          "A hazardous output is low at start, and not high at exit");
    }
  }

  /** A lamp: low at start and at exit, sixty times an hour. */
  public static OutputRules defaults() {
    return new OutputRules(
        Hazard.REVERSIBLE,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        60,
        Level.LOW,
        Level.LOW,
        List.of());
  }
}
