package io.smollama.devices;

/** Waits while a chip measures. Thread-safe. */
interface Pause {
  void millis(long time);
}
