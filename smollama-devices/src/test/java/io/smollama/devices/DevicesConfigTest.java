package io.smollama.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesConfigTest {
  private static final DeviceConfig BALCONY =
      DeviceConfig.onI2c("balcony", DeviceDriver.BME280, 1, 0x76);

  @Test
  void aDeviceSaysWhatAndWhereItIs() {
    assertThat(BALCONY.describe()).isEqualTo("bme280 at i2c-1 0x76");
    assertThat(DeviceConfig.onOneWire("water", "28-0000075a6f1c").describe())
        .isEqualTo("ds18b20 at 1-wire 28-0000075a6f1c");
    assertThat(
            DeviceConfig.ofKernel("shed", DeviceDriver.HWMON, Path.of("/sys/class/hwmon/hwmon1"))
                .describe())
        .isEqualTo("hwmon /sys/class/hwmon/hwmon1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"system", "gpio", "mqtt", "edge", "node", "house"})
  void namesOfTheNodeItselfAreRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceConfig.onI2c(name, DeviceDriver.BME280, 1, 0x76))
        .withMessageContaining("needs another name");
  }

  @Test
  void anAddressThatNoSuchChipHasIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceConfig.onI2c("balcony", DeviceDriver.BME280, 1, 0x67))
        .withMessage(
            "Device 'balcony' is a bme280, whose address is one of 0x76, 0x77, was 0x67 (103)");
  }

  @Test
  void keysOfAnotherDriverAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceConfig.ofKernel("balcony", DeviceDriver.BME280, Path.of("/sys")))
        .withMessage("Device 'balcony' is a bme280, which takes address, bus, not 'path'");
  }

  @Test
  void aBusOutOfRangeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceConfig.onI2c("balcony", DeviceDriver.BME280, -1, 0x76))
        .withMessageContaining("has bus 0 to 255, was -1");
  }

  @Test
  void anIdThatIsNoneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceConfig.onOneWire("water", "../../etc"))
        .withMessageContaining("needs an id such as 28-0000075a6f1c");
  }

  @Test
  void twoDevicesHaveTwoNamesAndTwoPlaces() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DevicesConfig(List.of(BALCONY, BALCONY)))
        .withMessage("Two devices are named 'balcony'");
    DeviceConfig cellar = DeviceConfig.onI2c("cellar", DeviceDriver.BMP280, 1, 0x76);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DevicesConfig(List.of(BALCONY, cellar)))
        .withMessage("Devices 'balcony' and 'cellar' are both at i2c-1 0x76");
  }
}
