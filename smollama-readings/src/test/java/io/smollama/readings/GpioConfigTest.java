package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpioConfigTest {
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
    assertThat(GpioConfig.defaults()).isEqualTo(new GpioConfig(false, Optional.empty(), List.of()));
  }

  @Test
  void anInputIsDebouncedUnlessItIsToTakeEachChange() {
    assertThat(new GpioPin(3, "a", PinMode.INPUT).steadyFor()).hasMillis(20);
    assertThat(input(Duration.ZERO).steadyFor()).isZero();
    assertThatThrownBy(() -> input(Duration.ofSeconds(11)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("debounce of GPIO pin 3 is 0s to 10s");
  }

  private static GpioPin input(Duration debounce) {
    return new GpioPin(
        3, "a", PinMode.INPUT, Pull.UP, Optional.of(debounce), true, OutputRules.defaults());
  }

  @Test
  void anOutputHasNoPull() {
    assertThatThrownBy(
            () ->
                new GpioPin(
                    3,
                    "a",
                    PinMode.OUTPUT,
                    Pull.UP,
                    Optional.empty(),
                    false,
                    OutputRules.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pull and debounce are of inputs");
  }
}
