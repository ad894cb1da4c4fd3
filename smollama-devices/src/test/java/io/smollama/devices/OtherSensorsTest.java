package io.smollama.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.diozero.api.RuntimeIOException;
import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.core.ReadingProvider;
import io.smollama.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A converter on SPI, a distance by sound, and a display. */
class OtherSensorsTest {
  @TempDir Path dev;

  @BeforeEach
  void aMachineWithPins() throws Exception {
    Files.createFile(dev.resolve("gpiochip0"));
  }

  /** Inputs 0 and 5, at half of 3.3 V and at none. */
  static ReadingProvider converter(Path file) {
    AnalogInputs inputs =
        new AnalogInputs() {
          @Override
          public double fraction(int channel) {
            return channel == 0 ? 0.5 : 0;
          }

          @Override
          public void close() {}
        };
    Sensor sensor = new Mcp3008Sensor(List.of(0, 5), 3.3, file, () -> inputs);
    return new DeviceReadings(bare("soil", DeviceDriver.MCP3008), sensor, new ManualClock());
  }

  static DeviceReadings meter(Path chips, DoubleSupplier centimeters) {
    DistanceMeter meter =
        new DistanceMeter() {
          @Override
          public double centimeters() {
            return centimeters.getAsDouble();
          }

          @Override
          public void close() {}
        };
    DeviceConfig config =
        new DeviceConfig(
            "gate",
            Optional.of(DeviceDriver.HCSR04),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(23),
            Optional.of(24),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new DeviceReadings(config, new Hcsr04Sensor(chips, () -> meter), new ManualClock());
  }

  private static DeviceConfig bare(String name, DeviceDriver driver) {
    return new DeviceConfig(
        name,
        Optional.of(driver),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aConverterGivesVolts() throws Exception {
    ReadingProvider soil = converter(Files.createFile(dev.resolve("spidev0.0")));
    assertThat(soil.readAll())
        .extracting(Reading::describe)
        .containsExactly("soil:channel0 1.65 V", "soil:channel5 0 V");
  }

  @Test
  void aBusThatIsSwitchedOffIsSaid() {
    assertThatThrownBy(() -> converter(dev.resolve("spidev0.0")).readAll())
        .hasMessageStartingWith("soil: mcp3008 at spi 0.0: there is no ")
        .hasMessageContaining("dtparam=spi=on");
  }

  @Test
  void aDistanceIsGivenToTheMillimeter() {
    assertThat(meter(dev, () -> 123.44).readAll())
        .extracting(Reading::describe)
        .containsExactly("gate:distance 123.4 cm");
  }

  @Test
  void noEchoIsNoDistance() {
    assertThatThrownBy(() -> meter(dev, () -> -1).readAll())
        .hasMessageStartingWith("gate: hcsr04 at GPIO 23 and 24: no echo. Look at the wires");
  }

  @Test
  void whatIsTooFarOrTooNearIsDoubted() {
    for (double centimeters : new double[] {400, 0.7}) {
      assertThat(meter(dev, () -> centimeters).readAll())
          .extracting(Reading::quality)
          .containsExactly(Quality.UNCERTAIN);
    }
  }

  @Test
  void aMachineWithoutPinsSaysSo() {
    assertThatThrownBy(() -> meter(dev.resolve("none"), () -> 1).readAll())
        .hasMessageContaining("this machine has no pins");
  }

  @Test
  void pinsThatAreTakenAreSaid() {
    DoubleSupplier refused =
        () -> {
          throw new RuntimeIOException("Error in provisionGpioInputDevice: -16");
        };
    assertThatThrownBy(() -> meter(dev, refused).readAll())
        .hasMessageContaining("the pins cannot be had. Most likely another program uses one");
  }

  @Test
  void aDisplayShowsLines() {
    List<Integer> told = new ArrayList<>();
    RegisterChip backpack =
        new RegisterChip() {
          @Override
          void told(int value) {
            told.add(value);
          }
        };
    try (TextDisplay display =
        new Hd44780Display(
            bare("screen", DeviceDriver.HD44780), new FakeI2c().with(1, 0x27, backpack))) {
      display.show(List.of("21.3 °C and a line that is too long", "猫 ok"));
    }
    assertThat(characters(told)).isEqualTo("21.3 \u00dfC and a li" + "? ok            ");
    assertThat(backpack.closed).isTrue();
  }

  @Test
  void aDisplayThatIsNotThereSaysSo() {
    TextDisplay display = new Hd44780Display(bare("screen", DeviceDriver.HD44780), new FakeI2c());
    assertThatThrownBy(() -> display.show(List.of("hello")))
        .hasMessageStartingWith("screen: hd44780 at i2c-1 0x27: nothing answers at this address");
  }

  /** Each byte goes in two halves, each written with the enable bit and then without. */
  private static String characters(List<Integer> told) {
    List<Integer> halves = told.stream().filter(value -> (value & 4) != 0).toList();
    StringBuilder text = new StringBuilder();
    Optional<Integer> high = Optional.empty();
    for (int half : halves) {
      if ((half & 1) == 0) {
        high = Optional.empty();
      } else if (high.isEmpty()) {
        high = Optional.of(half & 0xf0);
      } else {
        text.append((char) (high.get() | half >> 4));
        high = Optional.empty();
      }
    }
    return text.toString();
  }
}
