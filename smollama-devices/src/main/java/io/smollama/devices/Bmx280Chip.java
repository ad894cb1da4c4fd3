package io.smollama.devices;

import com.diozero.api.I2CDeviceInterface;
import com.diozero.devices.BMx280;
import io.smollama.core.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Bosch BME280 and BMP280 through diozero's driver. That takes what stands in the registers, so
 * that here is seen to it that the chip has measured at all: after a loss of power it sleeps, and
 * its registers hold a number that looks like a pleasant temperature. Immutable.
 *
 * @param humid whether it is to be a BME280
 */
record Bmx280Chip(boolean humid, Pause pause) implements ChipProtocol {
  private static final int ID = 0xd0;
  private static final int CONTROL = 0xf4;
  private static final int MODE = 0b11;
  private static final int BME280 = 0x60;
  private static final int BMP280 = 0x58;
  private static final Map<Integer, String> OTHERS =
      Map.of(0x55, "a BMP180", 0x61, "a BME680, which has no driver here yet");

  /** The first measuring takes 9.3 ms at most (data sheet, 9.1). */
  private static final int FIRST_MILLIS = 20;

  private static final int LOOKS = 10;

  @Override
  public List<Sensor.Quantity> quantities() {
    List<Sensor.Quantity> all = new ArrayList<>();
    all.add(new Sensor.Quantity("temperature", Units.CELSIUS));
    if (humid) {
      all.add(new Sensor.Quantity("humidity", Units.PERCENT));
    }
    all.add(new Sensor.Quantity("pressure", Units.HECTOPASCAL));
    return all;
  }

  @Override
  public Supplier<List<Measured>> start(I2CDeviceInterface chip) {
    checkId(chip.readByteData(ID) & 0xff);
    BMx280 driver = BMx280.I2CBuilder.builder(chip).build();
    pause.millis(FIRST_MILLIS);
    for (int look = 0; !driver.isDataAvailable(); look++) {
      if (look == LOOKS) {
        throw DeviceFault.passing("the chip answers and does not end its measuring", "");
      }
      pause.millis(FIRST_MILLIS);
    }
    return () -> measure(chip, driver);
  }

  private void checkId(int id) {
    if (id == (humid ? BME280 : BMP280)) {
      return;
    }
    String found =
        id == BME280
            ? "a BME280; write driver: bme280"
            : id == BMP280
                ? "a BMP280, which has no humidity; write driver: bmp280"
                : OTHERS.getOrDefault(id, "no chip of this kind");
    throw DeviceFault.lasting("the chip there says that it is 0x%02x, %s".formatted(id, found), "");
  }

  private List<Measured> measure(I2CDeviceInterface chip, BMx280 driver) {
    if ((chip.readByteData(CONTROL) & MODE) != MODE) {
      throw DeviceFault.passing("the chip was reset, as by a loss of power; it is begun anew", "");
    }
    float[] values = driver.getValues();
    List<Measured> all = new ArrayList<>();
    all.add(within(Measured.of("temperature", values[0], Units.CELSIUS), -40, 85));
    if (humid) {
      all.add(within(Measured.of("humidity", values[2], Units.PERCENT), 0, 100));
    }
    all.add(within(Measured.of("pressure", values[1], Units.HECTOPASCAL), 300, 1100));
    return all;
  }

  private static Measured within(Measured measured, double least, double most) {
    boolean can = measured.value() >= least && measured.value() <= most;
    return can
        ? measured
        : measured.doubted(
            "the chip measures %s %.0f to %.0f".formatted(measured.quantity(), least, most));
  }
}
