package io.smollama.devices;

import java.util.List;

/**
 * What measures. Nothing is opened before the first {@link #measure}, and after a {@link #close}
 * the next one opens it anew. One thread at a time.
 */
interface Sensor extends AutoCloseable {
  /** Quantities and units that it is known to measure; empty if the first measuring tells. */
  List<Quantity> quantities();

  /**
   * Measures all at once.
   *
   * @throws RuntimeException if it cannot; {@link #explain} says why
   */
  List<Measured> measure();

  /** What a measuring failed of, native libraries that do not load included. */
  DeviceFault explain(Throwable failure);

  @Override
  void close();

  /** What is measured, and in which unit. Immutable. */
  record Quantity(String name, String unit) {}
}
