package io.smollama.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.SourceId;
import io.smollama.testkit.ManualClock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chips made of registers, read by the same code and the same drivers as real ones. */
class ChipsTest {
  private final ManualClock clock = new ManualClock();

  private DeviceReadings readings(DeviceDriver driver, ChipProtocol protocol, RegisterChip chip) {
    I2cSensor sensor = new I2cSensor(new I2cPlace(1, 0x76), FakeI2c.of(chip), protocol);
    int address = driver.addresses().get(0);
    return new DeviceReadings(DeviceConfig.onI2c("balcony", driver, 1, address), sensor, clock);
  }

  private static List<String> said(DeviceReadings readings) {
    return readings.readAll().stream().map(Reading::describe).toList();
  }

  @Test
  void bmp280MeasuresWhatItsDataSheetSays() {
    DeviceReadings balcony =
        readings(DeviceDriver.BMP280, new Bmx280Chip(false, Chips.NO_PAUSE), Chips.bmp280());
    assertThat(said(balcony))
        .containsExactly("balcony:temperature 25.08 °C", "balcony:pressure 1006.53 hPa");
  }

  /** 35.23 % by the formula for doubles of the data sheet (BST-BME280-DS002, 8.1). */
  @Test
  void bme280HasHumidityBesides() {
    DeviceReadings balcony =
        readings(DeviceDriver.BME280, new Bmx280Chip(true, Chips.NO_PAUSE), Chips.bme280());
    assertThat(balcony.readAll()).hasSize(3);
    Reading humidity = balcony.read(SourceId.parse("balcony:humidity")).orElseThrow();
    assertThat(humidity.value().asNumber().orElseThrow()).isCloseTo(35.23, within(0.02));
  }

  @Test
  void aChipOfAnotherKindIsNamed() {
    DeviceReadings balcony =
        readings(DeviceDriver.BME280, new Bmx280Chip(true, Chips.NO_PAUSE), Chips.bmp280());
    assertThatThrownBy(balcony::readAll)
        .isInstanceOf(ReadingException.class)
        .hasMessage(
            "balcony: bme280 at i2c-1 0x76: the chip there says that it is 0x58, a BMP280, which has"
                + " no humidity; write driver: bmp280");
  }

  @Test
  void aChipThatLostItsPowerIsBegunAnew() {
    RegisterChip chip = Chips.bmp280();
    DeviceReadings balcony =
        readings(DeviceDriver.BMP280, new Bmx280Chip(false, Chips.NO_PAUSE), chip);
    balcony.readAll();
    chip.set(0xf4, 0);
    assertThatThrownBy(balcony::readAll).hasMessageContaining("was reset");
    assertThat(said(balcony)).contains("balcony:temperature 25.08 °C");
    assertThat(chip.opened).isEqualTo(2);
  }

  @Test
  void aChipThatIsPulledOutAndPutBackIsReadAgain() {
    RegisterChip chip = Chips.bmp280();
    DeviceReadings balcony =
        readings(DeviceDriver.BMP280, new Bmx280Chip(false, Chips.NO_PAUSE), chip);
    balcony.readAll();
    chip.unplug();
    assertThatThrownBy(balcony::readAll)
        .isInstanceOfSatisfying(
            ReadingException.class, failure -> assertThat(failure.isRetryable()).isTrue())
        .hasMessage(
            "balcony: bmp280 at i2c-1 0x76: nothing answers at this address. Look at the wires;"
                + " 'i2cdetect -y 1' shows who is there");
    assertThat(chip.closed).isTrue();
    chip.failure = 0;
    assertThat(said(balcony)).contains("balcony:temperature 25.08 °C");
  }

  @Test
  void whatAChipCannotMeasureIsDoubted() {
    RegisterChip chip = Chips.bmp280().set(0xfa, 0xff, 0xff, 0xf0);
    DeviceReadings balcony =
        readings(DeviceDriver.BMP280, new Bmx280Chip(false, Chips.NO_PAUSE), chip);
    Reading temperature = balcony.readAll().get(0);
    assertThat(temperature.quality()).isEqualTo(Quality.UNCERTAIN);
    assertThat(temperature.metadata())
        .containsEntry(Reading.DOUBT, "the chip measures temperature -40 to 85");
  }

  @Test
  void bmp180MeasuresWhatItsDataSheetSays() {
    DeviceReadings cellar =
        readings(DeviceDriver.BMP180, new Bmp180Chip(Chips.NO_PAUSE), Chips.bmp180());
    assertThat(said(cellar).get(0)).isEqualTo("balcony:temperature 15 °C");
    assertThat(cellar.readAll().get(1).value().asNumber().orElseThrow()).isBetween(699.6, 699.7);
    Bmp180Calibration sheet =
        new Bmp180Calibration(408, -72, -14383, 32741, 32757, 23153, 6190, 4, -8711, 2868);
    assertThat(sheet.tenths(27898)).isEqualTo(150);
    assertThat(sheet.pascal(27898, 23843, 0)).isEqualTo(69964);
  }

  @Test
  void bmp180DoesNotOverflowAtHighPressure() {
    Bmp180Calibration sheet =
        new Bmp180Calibration(408, -72, -14383, 32741, 32757, 23153, 6190, 4, -8711, 2868);
    assertThat(sheet.pascal(27898, 45000, 0)).isBetween(120_000, 145_000);
  }

  @Test
  void bh1750MeasuresWhatItsDataSheetSays() {
    DeviceReadings window =
        readings(DeviceDriver.BH1750, new Bh1750Chip(Chips.NO_PAUSE), Chips.bh1750());
    assertThat(said(window)).containsExactly("balcony:illuminance 28066.7 lx");
  }

  @Test
  void ads1115GivesEachInputItsOwnConversion() {
    DeviceReadings soil =
        readings(
            DeviceDriver.ADS1115,
            new Ads1115Chip(List.of(0, 1, 2, 3), 4.096, Chips.NO_PAUSE),
            Chips.ads1115());
    assertThat(said(soil))
        .containsExactly(
            "balcony:channel0 1.024 V",
            "balcony:channel1 2.048 V",
            "balcony:channel2 -0.002 V",
            "balcony:channel3 4.09588 V");
    assertThat(soil.readAll().get(3).metadata().get(Reading.DOUBT)).contains("larger full_scale");
  }

  @Test
  void aNativeLibraryThatDoesNotLoadIsAFailureOfTheDeviceOnly() {
    ChipProtocol unlinked =
        new ChipProtocol() {
          @Override
          public List<Sensor.Quantity> quantities() {
            return List.of();
          }

          @Override
          public java.util.function.Supplier<List<Measured>> start(
              com.diozero.api.I2CDeviceInterface chip) {
            throw new UnsatisfiedLinkError("no diozero-system-utils in java.library.path");
          }
        };
    DeviceReadings balcony = readings(DeviceDriver.BMP280, unlinked, Chips.bmp280());
    assertThatThrownBy(balcony::readAll)
        .isInstanceOf(ReadingException.class)
        .hasMessageContaining("the native library for pins and buses cannot be used")
        .hasMessageContaining("noexec");
  }
}
