package io.smollama.readings;

import java.util.Objects;

/**
 * One pin that is in use. Immutable.
 *
 * @param pin its GPIO (BCM) number, 0 to 53
 * @param name what it is wired to: {@code motion_sensor}; not blank
 * @param mode which way it works
 * @param output its limits if it is an output
 */
public record GpioPin(int pin, String name, PinMode mode, OutputRules output) {
  private static final int HIGHEST = 53;

  public GpioPin {
    Objects.requireNonNull(mode, "mode");
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
  }

  /** With the usual limits. */
  public GpioPin(int pin, String name, PinMode mode) {
    this(pin, name, mode, OutputRules.defaults());
  }
}
