package io.smollama.devices;

import com.diozero.api.I2CDeviceInterface;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Buses with chips in memory; failures are told as on a real machine. */
final class FakeI2c implements I2cBuses {
  private final Map<I2cPlace, RegisterChip> chips = new HashMap<>();
  private final LinuxI2c words = new LinuxI2c(Path.of("/nowhere"), place -> chips.get(place));

  FakeI2c with(int bus, int address, RegisterChip chip) {
    chips.put(new I2cPlace(bus, address), chip);
    return this;
  }

  static FakeI2c of(RegisterChip chip) {
    return new FakeI2c().with(1, 0x76, chip);
  }

  @Override
  public I2CDeviceInterface open(I2cPlace place) {
    RegisterChip chip = chips.get(place);
    if (chip == null) {
      chip = new RegisterChip();
      chip.unplug();
    }
    chip.opened++;
    chip.closed = false;
    return chip;
  }

  @Override
  public DeviceFault explain(I2cPlace place, Throwable failure) {
    return words.explain(place, failure);
  }
}
