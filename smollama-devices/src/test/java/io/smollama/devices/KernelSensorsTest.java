package io.smollama.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.core.ReadingProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What drivers of the kernel measure, from files as they stand on a Pi. */
class KernelSensorsTest {
  static final String GOOD =
      """
      50 01 4b 46 7f ff 0c 10 1c : crc=1c YES
      50 01 4b 46 7f ff 0c 10 1c t=21000
      """;

  @TempDir Path root;

  private Path file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<Reading> read(DeviceConfig config) {
    ReadingProvider provider = DeviceContractsTest.open(config, root, new FakeI2c());
    return provider.readAll();
  }

  private List<String> said(DeviceConfig config) {
    return read(config).stream().map(Reading::describe).toList();
  }

  private static DeviceConfig chip(DeviceDriver driver, String chip) {
    return new DeviceConfig(
        "shed",
        Optional.of(driver),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(chip),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Reading water(String text) throws IOException {
    file("sys/bus/w1/devices/w1_bus_master1/name", "");
    file("sys/bus/w1/devices/28-0000075a6f1c/w1_slave", text);
    return read(DeviceConfig.onOneWire("water", "28-0000075a6f1c")).get(0);
  }

  @Test
  void oneWireTemperatureIsExact() throws IOException {
    Reading water = water(GOOD.replace("21000", "-1062"));
    assertThat(water.describe()).isEqualTo("water:temperature -1.062 °C");
    assertThat(water.quality()).isEqualTo(Quality.GOOD);
  }

  @ParameterizedTest
  @CsvSource({
    "YES,NO,21000,its check sum is wrong",
    "t=21000,t=85000,85000,has just been switched on",
    "50 01 4b 46 7f ff 0c 10 1c,00 00 00 00 00 00 00 00 00,21000,all its bytes are 0"
  })
  void whatASensorHardlyMeasuredIsDoubted(String was, String is, int thousandths, String why)
      throws IOException {
    Reading water = water(GOOD.replace(was, is));
    assertThat(water.value().asNumber()).hasValue(thousandths / 1000.0);
    assertThat(water.quality()).isEqualTo(Quality.UNCERTAIN);
    assertThat(water.metadata().get(Reading.DOUBT)).contains(why);
  }

  @Test
  void aSensorThatGivesNoAnswerFails() {
    assertThatThrownBy(() -> water("")).hasMessageContaining("the sensor gave no answer");
  }

  @Test
  void aSensorThatIsNotThereIsToldWithThoseThatAre() throws IOException {
    water(GOOD);
    assertThatThrownBy(() -> read(DeviceConfig.onOneWire("water", "28-00000aaaaaaa")))
        .hasMessage(
            "water: ds18b20 at 1-wire 28-00000aaaaaaa: there is no sensor 28-00000aaaaaaa on the"
                + " bus, only 28-0000075a6f1c. Look at its wires, and at the resistor of 4.7 kΩ"
                + " between data and 3.3 V");
  }

  @Test
  void aMachineWithoutOneWireSaysHowToSwitchItOn() {
    assertThatThrownBy(() -> read(DeviceConfig.onOneWire("water", "28-00000aaaaaaa")))
        .hasMessageContaining("dtoverlay=w1-gpio");
  }

  @Test
  void industrialIoIsInOurUnits() throws IOException {
    String folder = "sys/bus/iio/devices/iio:device0/";
    file(folder + "name", "bme280\n");
    file(folder + "in_temp_input", "25080\n");
    file(folder + "in_temp_raw", "519888\n");
    file(folder + "in_pressure_input", "100.653281250\n");
    file(folder + "in_humidityrelative_input", "44500\n");
    file(folder + "in_illuminance_raw", "100\n");
    file(folder + "in_illuminance_scale", "0.5\n");
    file(folder + "in_voltage0_raw", "1000\n");
    file(folder + "in_voltage1_raw", "2000\n");
    file(folder + "in_voltage1_offset", "-400\n");
    file(folder + "in_voltage_scale", "0.125\n");
    file(folder + "in_activity_input", "1\n");
    assertThat(said(chip(DeviceDriver.IIO, "bme280")))
        .containsExactlyInAnyOrder(
            "shed:temperature 25.08 °C",
            "shed:pressure 1006.53 hPa",
            "shed:humidity 44.5 %",
            "shed:illuminance 50 lx",
            "shed:voltage0 0.125 V",
            "shed:voltage1 0.2 V");
  }

  @Test
  void aChannelThatFailsKeepsNoOther() throws IOException {
    file("sys/bus/iio/devices/iio:device0/name", "dht11@4\n");
    file("sys/bus/iio/devices/iio:device0/in_temp_input", "21000\n");
    file("sys/bus/iio/devices/iio:device0/in_humidityrelative_input", "rubbish\n");
    assertThat(said(chip(DeviceDriver.IIO, "dht11"))).containsExactly("shed:temperature 21 °C");
    file("sys/bus/iio/devices/iio:device0/in_temp_input", "\n");
    assertThatThrownBy(() -> said(chip(DeviceDriver.IIO, "dht11")))
        .hasMessageContaining("the kernel's driver gives no number")
        .hasMessageContaining("makes no sense: ''");
  }

  @Test
  void hardwareMonitorsAreInOurUnits() throws IOException {
    file("sys/class/hwmon/hwmon0/name", "cpu_thermal\n");
    file("sys/class/hwmon/hwmon1/name", "tmp105\n");
    file("sys/class/hwmon/hwmon1/temp1_input", "42500\n");
    file("sys/class/hwmon/hwmon1/in1_input", "3290\n");
    file("sys/class/hwmon/hwmon1/in2_input", "5010\n");
    file("sys/class/hwmon/hwmon1/power1_input", "2500000\n");
    file("sys/class/hwmon/hwmon1/fan1_input", "1200\n");
    assertThat(said(chip(DeviceDriver.HWMON, "tmp105")))
        .containsExactlyInAnyOrder(
            "shed:temperature 42.5 °C",
            "shed:voltage1 3.29 V",
            "shed:voltage2 5.01 V",
            "shed:power 2.5 W",
            "shed:fan 1200 rpm");
  }

  @Test
  void aFaultThatTheKernelKnowsIsADoubt() throws IOException {
    file("sys/class/hwmon/hwmon1/name", "lm75\n");
    file("sys/class/hwmon/hwmon1/temp1_input", "42500\n");
    file("sys/class/hwmon/hwmon1/temp1_fault", "1\n");
    assertThat(read(chip(DeviceDriver.HWMON, "lm75")).get(0).quality())
        .isEqualTo(Quality.UNCERTAIN);
  }

  @Test
  void aChipThatTheKernelDoesNotKnowIsToldWithThoseThatItDoes() throws IOException {
    file("sys/class/hwmon/hwmon0/name", "cpu_thermal\n");
    file("sys/class/hwmon/hwmon1/name", "lm75\n");
    assertThatThrownBy(() -> read(chip(DeviceDriver.HWMON, "tmp105")))
        .hasMessage(
            "shed: hwmon tmp105: the kernel knows no chip 'tmp105'. There is cpu_thermal"
                + " (/sys/class/hwmon/hwmon0), lm75 (/sys/class/hwmon/hwmon1)");
  }

  @Test
  void oneOfTwoChipsOfAKindNeedsItsPath() throws IOException {
    file("sys/class/hwmon/hwmon0/name", "lm75\n");
    file("sys/class/hwmon/hwmon1/name", "lm75\n");
    assertThatThrownBy(() -> read(chip(DeviceDriver.HWMON, "lm75")))
        .hasMessageContaining(
            "Name the path of one: /sys/class/hwmon/hwmon0, /sys/class/hwmon/hwmon1");
  }
}
