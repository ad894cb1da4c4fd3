package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ReadingProvider;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.ReadingProviderContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedGpioTest {
  private final ManualClock clock = new ManualClock();
  private final SimulatedGpio gpio = SimulatedGpio.demoBoard(clock);

  @Nested
  class KeepsTheContract extends ReadingProviderContract {
    @Override
    protected ReadingProvider open() {
      return SimulatedGpio.demoBoard(clock);
    }
  }

  @Nested
  class TheDemoBoard {
    @Test
    void hasThreePinsLabelledByName() {
      assertThat(gpio.sources())
          .extracting(Source::toString)
          .containsExactly(
              new Source(SourceId.parse("gpio:17"), "motion_sensor", "boolean").toString(),
              new Source(SourceId.parse("gpio:27"), "door_switch", "boolean").toString(),
              new Source(SourceId.parse("gpio:18"), "led_status", "boolean").toString());
    }

    @Test
    void isUsedWhenNoPinIsConfigured() {
      assertThat(SimulatedGpio.of(GpioConfig.defaults(), clock).pins()).isEqualTo(gpio.pins());
    }

    @Test
    void isNotUsedOtherwise() {
      GpioPin pump = new GpioPin(4, "pump", PinMode.OUTPUT);
      assertThat(SimulatedGpio.of(new GpioConfig(true, List.of(pump)), clock).pins())
          .containsExactly(pump);
    }
  }

  @Nested
  class Values {
    @Test
    void areLowAtFirst() {
      assertThat(gpio.readAll()).hasSize(3).allMatch(reading -> reading.display().equals("off"));
    }

    @Test
    void changeOnlyWhenSet() {
      gpio.set(17, true);
      assertThat(gpio.isHigh(17)).isTrue();
      assertThat(gpio.isHigh(27)).isFalse();
      assertThat(gpio.readAll())
          .extracting(reading -> reading.describe())
          .containsExactly("gpio:17 on", "gpio:27 off", "gpio:18 off");
      gpio.set(17, false);
      assertThat(gpio.isHigh(17)).isFalse();
    }

    @Test
    void sayThatTheyAreSimulated() {
      assertThat(gpio.read(SourceId.parse("gpio:18")).orElseThrow().metadata())
          .isEqualTo(Map.of("name", "led_status", "mode", "output", "simulated", "true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpio:4", "gpio:motion_sensor", "gpio:017", "mqtt:17"})
    void ofUnknownPinsAreNothing(String source) {
      assertThat(gpio.read(SourceId.parse(source))).isEmpty();
    }

    @Test
    void ofUnknownPinsCannotBeSet() {
      assertThatThrownBy(() -> gpio.set(4, true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("4");
      assertThatThrownBy(() -> gpio.isHigh(4)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Configuration {
    @ParameterizedTest
    @ValueSource(ints = {-1, 54})
    void refusesPinsThatNoBoardHas(int pin) {
      assertThatThrownBy(() -> new GpioPin(pin, "x", PinMode.INPUT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0 to 53")
          .hasMessageContaining(Integer.toString(pin));
    }

    @Test
    void refusesAPinWithoutAName() {
      assertThatThrownBy(() -> new GpioPin(3, " ", PinMode.INPUT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3");
    }

    @Test
    void refusesOnePinTwice() {
      List<GpioPin> twice =
          List.of(new GpioPin(0, "a", PinMode.INPUT), new GpioPin(0, "b", PinMode.OUTPUT));
      assertThatThrownBy(() -> new GpioConfig(false, twice))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("pin 0 is listed twice");
    }

    @Test
    void refusesOneNameTwice() {
      List<GpioPin> twice =
          List.of(new GpioPin(0, "a", PinMode.INPUT), new GpioPin(53, "a", PinMode.OUTPUT));
      assertThatThrownBy(() -> new GpioConfig(false, twice))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'a'");
    }

    @Test
    void usesRealPinsAndNoneByDefault() {
      assertThat(GpioConfig.defaults()).isEqualTo(new GpioConfig(false, List.of()));
    }
  }
}
