package io.smollama.devices;

import com.diozero.api.I2CDeviceInterface;
import java.util.List;
import java.util.function.Supplier;

/** How a kind of chip on an I2C bus is talked to. Immutable. */
interface ChipProtocol {
  List<Sensor.Quantity> quantities();

  /**
   * Makes sure that it is such a chip and begins. Each call of what comes back measures once.
   *
   * @throws DeviceFault if it is another chip, or does not measure
   */
  Supplier<List<Measured>> start(I2CDeviceInterface chip);
}
