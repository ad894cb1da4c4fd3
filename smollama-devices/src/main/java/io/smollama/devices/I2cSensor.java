package io.smollama.devices;

import com.diozero.api.I2CDeviceInterface;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A chip on an I2C bus. One thread at a time. */
final class I2cSensor implements Sensor {
  private final I2cPlace place;
  private final I2cBuses buses;
  private final ChipProtocol protocol;
  private @Nullable I2CDeviceInterface chip;
  private @Nullable Supplier<List<Measured>> running;

  I2cSensor(I2cPlace place, I2cBuses buses, ChipProtocol protocol) {
    this.place = place;
    this.buses = buses;
    this.protocol = protocol;
  }

  @Override
  public List<Quantity> quantities() {
    return protocol.quantities();
  }

  @Override
  public List<Measured> measure() {
    if (chip == null) {
      chip = buses.open(place);
    }
    if (running == null) {
      running = protocol.start(chip);
    }
    return running.get();
  }

  @Override
  public DeviceFault explain(Throwable failure) {
    return buses.explain(place, failure);
  }

  @Override
  public void close() {
    I2CDeviceInterface open = chip;
    chip = null;
    running = null;
    if (open != null) {
      open.close();
    }
  }
}
