package io.smollama.readings;

/** Pins that can be switched. What a pin refuses is an exception. Thread-safe. */
public interface OutputPins {
  /** Switches an output. */
  void set(int pin, boolean high);

  /** What a pin says now. */
  boolean isHigh(int pin);
}
