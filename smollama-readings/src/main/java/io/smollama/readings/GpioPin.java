package io.smollama.readings;

import java.util.Objects;

/**
 * One pin that is in use. Immutable.
 *
 * @param pin its GPIO (BCM) number, 0 to 53
 * @param name what it is wired to: {@code motion_sensor}; not blank
 * @param mode which way it works
 */
public record GpioPin(int pin, String name, PinMode mode) {
  private static final int HIGHEST = 53;

  public GpioPin {
    Objects.requireNonNull(mode, "mode");
    if (pin < 0 || pin > HIGHEST) {
      throw new IllegalArgumentException(
          "A GPIO pin is numbered 0 to %d, was %d".formatted(HIGHEST, pin));
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("GPIO pin %d has no name".formatted(pin));
    }
  }
}
