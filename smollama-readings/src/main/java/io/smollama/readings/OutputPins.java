package io.smollama.readings;

/**
 * Pins that can be switched. What a pin refuses is an exception. {@link GpioReadings} are on when
 * they are high, whatever the voltage; a {@link PinBoard} means the voltage. Thread-safe.
 */
public interface OutputPins {
  /** Switches an output. */
  void set(int pin, boolean high);

  /** What a pin says now. */
  boolean isHigh(int pin);
}
