package io.smollama.devices;

import com.diozero.api.I2CDeviceInterface;
import io.smollama.core.Units;
import java.util.List;
import java.util.function.Supplier;

/**
 * Rohm BH1750, one measuring a call. diozero's driver begins a measuring with each read and takes
 * what the one before found. Immutable.
 */
record Bh1750Chip(Pause pause) implements ChipProtocol {
  /** Once with 1 lx resolution, then sleep; takes 180 ms at most. */
  private static final int MEASURE = 0x20;

  private static final int MILLIS = 180;
  private static final double COUNTS_PER_LUX = 1.2;
  private static final int MOST = 0xffff;

  @Override
  public List<Sensor.Quantity> quantities() {
    return List.of(new Sensor.Quantity("illuminance", Units.LUX));
  }

  @Override
  public Supplier<List<Measured>> start(I2CDeviceInterface chip) {
    return () -> measure(chip);
  }

  private List<Measured> measure(I2CDeviceInterface chip) {
    chip.writeByte((byte) MEASURE);
    pause.millis(MILLIS);
    byte[] answer = chip.readBytes(2);
    int counts = (answer[0] & 0xff) << 8 | (answer[1] & 0xff);
    double lux = Math.round(counts / COUNTS_PER_LUX * 10) / 10.0;
    Measured light = Measured.of("illuminance", lux, Units.LUX);
    return List.of(counts == MOST ? light.doubted("more light than the chip can measure") : light);
  }
}
