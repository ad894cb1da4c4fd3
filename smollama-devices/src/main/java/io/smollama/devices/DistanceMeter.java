package io.smollama.devices;

/** Measures how far something is. One thread at a time. */
interface DistanceMeter extends AutoCloseable {
  /** Centimeters; below 0 without an echo. */
  double centimeters();

  @Override
  void close();
}
