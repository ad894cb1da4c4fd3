package io.smollama.devices;

import com.diozero.api.I2CDeviceInterface;
import io.smollama.core.Units;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * Bosch BMP180 and BMP085, by the data sheet BST-BMP180-DS000, 3.5. diozero's driver computes with
 * numbers that have too few bits for high pressures. Immutable.
 */
record Bmp180Chip(Pause pause) implements ChipProtocol {
  private static final int ID = 0xd0;
  private static final int THIS_CHIP = 0x55;
  private static final int CALIBRATION = 0xaa;
  private static final int CALIBRATION_BYTES = 22;
  private static final int CONTROL = 0xf4;
  private static final int DATA = 0xf6;
  private static final int TEMPERATURE = 0x2e;
  private static final int PRESSURE = 0x34;

  /** Eight measurings for one, which takes 25.5 ms. */
  private static final int OVERSAMPLING = 3;

  @Override
  public List<Sensor.Quantity> quantities() {
    return List.of(
        new Sensor.Quantity("temperature", Units.CELSIUS),
        new Sensor.Quantity("pressure", Units.HECTOPASCAL));
  }

  @Override
  public Supplier<List<Measured>> start(I2CDeviceInterface chip) {
    int id = chip.readByteData(ID) & 0xff;
    if (id != THIS_CHIP) {
      throw DeviceFault.lasting(
          "the chip there says that it is 0x%02x, no BMP180".formatted(id),
          "A BMP280 (0x58) or BME280 (0x60) has a driver of its own");
    }
    ByteBuffer words = chip.readI2CBlockDataByteBuffer(CALIBRATION, CALIBRATION_BYTES);
    for (int i = 0; i < CALIBRATION_BYTES; i += 2) {
      if (words.getShort(i) == 0 || words.getShort(i) == -1) {
        throw DeviceFault.passing("the calibration in the chip is damaged or badly read", "");
      }
    }
    Bmp180Calibration calibration = Bmp180Calibration.of(words);
    return () -> measure(chip, calibration);
  }

  private List<Measured> measure(I2CDeviceInterface chip, Bmp180Calibration calibration) {
    chip.writeByteData(CONTROL, (byte) TEMPERATURE);
    pause.millis(5);
    int temperature = (int) number(chip, 2);
    chip.writeByteData(CONTROL, (byte) (PRESSURE + (OVERSAMPLING << 6)));
    pause.millis(26);
    int pressure = (int) (number(chip, 3) >> (8 - OVERSAMPLING));
    return List.of(
        Measured.of("temperature", calibration.tenths(temperature) / 10.0, Units.CELSIUS),
        Measured.of(
            "pressure",
            calibration.pascal(temperature, pressure, OVERSAMPLING) / 100.0,
            Units.HECTOPASCAL));
  }

  private static long number(I2CDeviceInterface chip, int bytes) {
    long number = 0;
    for (byte one : chip.readI2CBlockDataByteArray(DATA, bytes)) {
      number = number << 8 | (one & 0xff);
    }
    return number;
  }
}
