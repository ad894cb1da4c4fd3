package io.smollama.devices;

/** The inputs of a converter. One thread at a time. */
interface AnalogInputs extends AutoCloseable {
  /** What is at an input, from 0 to 1 of full scale. */
  double fraction(int channel);

  @Override
  void close();
}
