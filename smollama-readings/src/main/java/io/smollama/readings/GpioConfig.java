package io.smollama.readings;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which pins are in use. Immutable.
 *
 * @param mock whether the pins are simulated even where there are real ones
 * @param chip whose pins, by name or label: {@code gpiochip1}, {@code pinctrl-rp1}; empty for that
 *     of the board's header
 * @param pins the pins, each with a number and a name of its own
 */
public record GpioConfig(boolean mock, Optional<String> chip, List<GpioPin> pins) {

  public GpioConfig {
    pins = List.copyOf(pins);
    Set<Integer> numbers = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (GpioPin pin : pins) {
      if (!numbers.add(pin.pin())) {
        throw new IllegalArgumentException("GPIO pin %d is listed twice".formatted(pin.pin()));
      }
      if (!names.add(pin.name())) {
        throw new IllegalArgumentException("Two GPIO pins are named '%s'".formatted(pin.name()));
      }
    }
    for (GpioPin pin : pins) {
      for (int other : pin.output().neverWith()) {
        if (!numbers.contains(other) || other == pin.pin()) {
          throw new IllegalArgumentException(
              "GPIO pin %d is never with pin %d, which is no other pin in use"
                  .formatted(pin.pin(), other));
        }
      }
    }
  }

  /** Of the board's header. */
  public GpioConfig(boolean mock, List<GpioPin> pins) {
    this(mock, Optional.empty(), pins);
  }

  /** Real pins if there are any, none of them in use. */
  public static GpioConfig defaults() {
    return new GpioConfig(false, List.of());
  }
}
