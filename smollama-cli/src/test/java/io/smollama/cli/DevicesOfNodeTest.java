package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.devices.DeviceConfig;
import io.smollama.devices.DeviceDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices by the configuration: what it says, and whether they answer. */
class DevicesOfNodeTest {

  @Nested
  class InTheConfiguration extends ConfigFixture {
    @Test
    void aListOfDevicesIsRead() throws IOException {
      assertThat(
              load("""
                      devices:
                        - {name: balcony, driver: bme280, bus: 1, address: 0x76}
                        - {name: cellar, driver: BMP280, address: 119}
                        - {name: water, driver: ds18b20, id: 28-0000075a6f1c}
                        - {name: shed, driver: iio, path: /sys/bus/iio/devices/iio:device0}
                        - {name: board, driver: hwmon, chip: tmp105}
                        - {name: soil, driver: ads1115, channels: [0, 2], full_scale: 4.096}
                        - {name: gate, driver: hcsr04, trigger: 23, echo: 24}
                        - {name: screen, driver: hd44780, columns: 20, rows: 4,
                           lines: ["Out {balcony:temperature}"]}
                      """)
                  .config()
                  .devices()
                  .devices())
          .hasSize(8)
          .contains(
              DeviceConfig.onI2c("balcony", DeviceDriver.BME280, 1, 0x76),
              DeviceConfig.onOneWire("water", "28-0000075a6f1c"))
          .extracting(DeviceConfig::describe)
          .contains("bmp280 at i2c-1 0x77", "hwmon tmp105", "hcsr04 at GPIO 23 and 24");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "[{name: a, driver: bmp208}]         | config.yaml line 1: 'devices.driver' must be one of bme280, bmp280",
          "[{name: a, driver: bme208}]         | did you mean 'bme280'?",
          "[{name: a}]                         | config.yaml line 1: Device 'a' has no driver; there is bme280",
          "[{driver: bme280}]                  | config.yaml line 1: 'devices.name' is missing",
          "[{name: a, driver: bme280, adress: 0x76}] | unknown key 'adress' in 'devices'; did you mean 'address'?",
          "[{name: a, driver: bme280, address: 0x67}] | whose address is one of 0x76, 0x77, was 0x67 (103)",
          "[{name: a, driver: bme280, address: 0xzz}] | 'devices.address' must be a whole number, was '0xzz'",
          "[{name: a, driver: bme280, bus: 300}] | has bus 0 to 255, was 300",
          "[{name: a, driver: bme280, id: 28-0000075a6f1c}] | which takes address, bus, not 'id'",
          "[{name: a, driver: bme280}, {name: a, driver: bmp180}] | Two devices are named 'a'",
          "[{name: a, driver: bme280}, {name: b, driver: bmp280}] | both at i2c-1 0x76",
          "[{name: gpio, driver: bme280}]      | needs another name",
          "[{name: a, driver: iio}]            | needs the path of a folder or the name of a chip",
          "[{name: a, driver: hcsr04, trigger: 23}] | needs the GPIO numbers of trigger and echo",
          "[{name: a, driver: hd44780, lines: [a, b, c]}] | has 2 rows and is to show 3 lines",
          "[{name: a, driver: hd44780, lines: ['{balcony}']}] | A source is written type:id",
          "{name: a, driver: bme280}           | unknown key 'name' in 'devices'",
          "balcony                             | 'devices' must be a list, was 'balcony'",
        })
    void mistakesAreNamedWithFileLineAndRemedy(String devices, String message) {
      assertThatThrownBy(() -> load("devices: " + devices))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(message);
    }

    @Test
    void theExamplesOfTheDocumentationAreRead() throws IOException {
      String page = SourceTree.read(SourceTree.ROOT.resolve("docs/devices.md"));
      List<String> blocks =
          Pattern.compile("```yaml\\n([\\s\\S]*?)```")
              .matcher(page)
              .results()
              .map(found -> found.group(1))
              .toList();
      assertThat(blocks).hasSize(2);
      assertThat(load(blocks.get(0)).config().devices().devices()).hasSize(7);
      assertThat(load(blocks.get(1)).config().readings().sources()).hasSize(2);
      for (DeviceDriver driver : DeviceDriver.values()) {
        assertThat(page).contains("`" + driver.name().toLowerCase(Locale.ROOT) + "`");
      }
    }

    @Test
    void aPinIsNotOfTwo() {
      assertThatThrownBy(
              () ->
                  load(
                      "gpio: {pins: [{pin: 23, name: door}]}\n"
                          + "devices: [{name: gate, driver: hcsr04, trigger: 23, echo: 24}]"))
          .hasMessageContaining("GPIO pin 23 is in gpio.pins, and device 'gate' is wired to it");
    }

    @Test
    void numbersAreSetRightByRules() throws IOException {
      assertThat(
              load("""
                      readings:
                        sources:
                          - {source: "balcony:temperature", offset: -1.5, min: -30, max: 50,
                             max_rate: 2, smoothing: 30s}
                      """)
                  .config()
                  .readings()
                  .sources())
          .singleElement()
          .satisfies(
              rule -> {
                assertThat(rule.scale()).isEqualTo(1);
                assertThat(rule.offset()).isEqualTo(-1.5);
                assertThat(rule.maxRate()).hasValue(2.0);
                assertThat(rule.smoothing())
                    .hasValueSatisfying(time -> assertThat(time).hasSeconds(30));
              });
    }
  }

  /**
   * A folder with a kernel's files stands for a device that answers; no bus for one that does not.
   */
  @Nested
  class Checked extends RunningNodeFixture {
    private String config(String... devices) throws IOException {
      Path file = folder.resolve("config.yaml");
      Files.writeString(
          file, "gpio: {mock: true}\ndevices:\n  - " + String.join("\n  - ", devices) + "\n");
      return file.toString();
    }

    private String board() throws IOException {
      Path hwmon = Files.createDirectories(folder.resolve("hwmon1"));
      Files.writeString(hwmon.resolve("temp1_input"), "42500\n");
      return "{name: board, driver: hwmon, path: %s}".formatted(hwmon);
    }

    private static final String BALCONY = "{name: balcony, driver: bme280, bus: 250}";

    @Test
    void whatAnswersIsShownWithWhatItSays() throws IOException {
      assertThat(run("--config", config(board()), "readings", "--check")).as(out + err).isZero();
      assertThat(out)
          .containsPattern("(?m)^system +ok .*mem_percent [0-9.]+ %")
          .containsPattern("(?m)^board +hwmon /.*/hwmon1 +ok +temperature 42.5 °C$");
    }

    @Test
    void whatDoesNotAnswerIsToldWithItsFixAndEndsWithOne() throws IOException {
      String config = config(board(), BALCONY);
      assertThat(run("--config", config, "readings", "--check")).isEqualTo(1);
      assertThat(out)
          .contains("board")
          .containsPattern(
              "(?m)^balcony +bme280 at i2c-250 0x76 +fails +there is no bus /dev/i2c-250.*"
                  + "raspi-config nonint do_i2c 0");
      assertThat(run("--config", config, "readings", "--check", "--json")).isEqualTo(1);
      JsonNode checks = new ObjectMapper().readTree(out).path("checks");
      assertThat(checks.findValuesAsText("provider"))
          .containsExactly("system", "gpio", "board", "balcony");
      assertThat(checks.findValuesAsText("state")).containsExactly("ok", "ok", "ok", "fails");
    }

    @Test
    void aDisplayThatIsNotThereIsToldOf() throws IOException {
      String screen =
          "{name: screen, driver: hd44780, bus: 250, lines: ['Board {board:temperature}']}";
      assertThat(run("--config", config(board(), screen), "readings", "--check")).isEqualTo(1);
      assertThat(out)
          .containsPattern(
              "(?m)^screen +hd44780 at i2c-250 0x27 +fails +there is no bus /dev/i2c-250");
    }

    @Test
    void aFailingDeviceIsAPartOfTheNodeThatFails() throws IOException {
      assertThat(run("--config", config(board(), BALCONY), "status")).isZero();
      assertThat(out)
          .containsPattern(
              "failing +balcony +failing since .*: bme280 at i2c-250 0x76: there is no")
          .containsPattern("ok +board +1 source");
    }

    @Test
    void anotherProvidersNameIsRefused() throws IOException {
      Path file = folder.resolve("config.yaml");
      Files.writeString(
          file, "extensions: {house: {}}\ndevices: [{name: house, driver: bme280}]\n");
      assertThat(run("--config", file.toString(), "readings", "--check")).isEqualTo(1);
      assertThat(err).contains("Device 'house' needs another name");
    }

    @Test
    void aRunningNodeIsAsked() throws IOException {
      startNode();
      assertThat(run("--config", config(BALCONY), "readings", "--check")).isEqualTo(1);
      assertThat(out)
          .containsPattern("(?m)^system .*ok")
          .containsPattern("(?m)^balcony .*fails +the node that runs does not know it");
    }
  }
}
