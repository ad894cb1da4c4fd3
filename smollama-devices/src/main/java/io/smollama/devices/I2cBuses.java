package io.smollama.devices;

import com.diozero.api.I2CDeviceInterface;

/** Where chips are found. One thread at a time. */
interface I2cBuses {
  /**
   * Takes a chip, for the caller to close.
   *
   * @throws DeviceFault if it cannot be had, with what to do about it
   */
  I2CDeviceInterface open(I2cPlace place);

  /** What an operation at a chip failed of. */
  DeviceFault explain(I2cPlace place, Throwable failure);
}
