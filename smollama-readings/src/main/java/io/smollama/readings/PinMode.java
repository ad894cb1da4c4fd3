package io.smollama.readings;

/** Which way a pin works. Immutable. */
public enum PinMode {
  /** The world sets it, the program reads it. */
  INPUT,
  /** The program sets it. */
  OUTPUT
}
