package io.smollama.readings;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One pin that is in use. Immutable.
 *
 * @param pin its GPIO (BCM) number, 0 to 53
 * @param name what it is wired to: {@code motion_sensor}; not blank
 * @param mode which way it works
 * @param pull which way an input is drawn
 * @param debounce how long an input has to stay as it is to count as changed, up to 10 s; zero to
 *     take each change; 20 ms if it is not said
 * @param activeLow whether it is on when it is low
 * @param output its limits if it is an output
 */
public record GpioPin(
    int pin,
    String name,
    PinMode mode,
    Pull pull,
    Optional<Duration> debounce,
    boolean activeLow,
    OutputRules output) {
  /**
   * Contacts bounce for less than 10 ms, nearly all of them; and what is told within 50 ms is told
   * at once.
   */
  private static final Duration USUAL_DEBOUNCE = Duration.ofMillis(20);

  private static final Duration LONGEST_DEBOUNCE = Duration.ofSeconds(10);
  private static final int HIGHEST = 53;

  public GpioPin {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(pull, "pull");
    Objects.requireNonNull(output, "output");
    if (pin < 0 || pin > HIGHEST) {
      throw new IllegalArgumentException(
          "A GPIO pin is numbered 0 to %d, was %d".formatted(HIGHEST, pin));
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("GPIO pin %d has no name".formatted(pin));
    }
    if (mode == PinMode.INPUT && !output.equals(OutputRules.defaults())) {
      throw new IllegalArgumentException(
          "GPIO pin %d is an input, which has no limits; set its mode to output".formatted(pin));
    }
    if (mode == PinMode.OUTPUT && (pull != Pull.NONE || debounce.isPresent())) {
      throw new IllegalArgumentException(
          "GPIO pin %d is an output; pull and debounce are of inputs".formatted(pin));
    }
    debounce
        .filter(time -> time.isNegative() || time.compareTo(LONGEST_DEBOUNCE) > 0)
        .ifPresent(
            time -> {
              throw new IllegalArgumentException(
                  "debounce of GPIO pin %d is 0s to 10s, was %s".formatted(pin, time));
            });
  }

  /** Not drawn, high when on. */
  public GpioPin(int pin, String name, PinMode mode, OutputRules output) {
    this(pin, name, mode, Pull.NONE, Optional.empty(), false, output);
  }

  /** With the usual limits. */
  public GpioPin(int pin, String name, PinMode mode) {
    this(pin, name, mode, OutputRules.defaults());
  }

  /** How long it has to stay as it is to count as changed. */
  public Duration steadyFor() {
    return debounce.orElse(USUAL_DEBOUNCE);
  }

  /** Whether it is on at a level; the same the other way round, for what it is to be. */
  boolean on(boolean high) {
    return high != activeLow;
  }
}
