package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.readings.Burst;
import io.smollama.readings.GpioConfig;
import io.smollama.readings.GpioPin;
import io.smollama.readings.OutputRules;
import io.smollama.readings.PinMode;
import io.smollama.readings.Pull;
import io.smollama.readings.SamplerConfig;
import io.smollama.readings.SourceRule;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigOfSensesTest extends ConfigFixture {
  @Test
  void sourcesHaveAPaceAndADeadbandOfTheirOwn() throws IOException {
    SamplerConfig readings =
        load("""
                readings:
                  interval: 2s
                  sources:
                    - {source: "system:disk_*", interval: 10m}
                    - {source: "balcony:temperature", deadband: 0.2, heartbeat: 5m}
                  bursts:
                    - {on: "gpio:17", read: "balcony:*"}
                """)
            .config()
            .readings();
    assertThat(readings.interval()).hasSeconds(2);
    assertThat(readings.sources())
        .containsExactly(
            new SourceRule(
                "system:disk_*",
                Optional.of(Duration.ofMinutes(10)),
                Optional.empty(),
                Duration.ofMinutes(10)),
            new SourceRule(
                "balcony:temperature", Optional.empty(), Optional.of(0.2), Duration.ofMinutes(5)));
    assertThat(readings.bursts())
        .containsExactly(
            new Burst("gpio:17", "balcony:*", Duration.ofSeconds(1), Duration.ofSeconds(10)));
  }

  @Test
  void pinsSayHowTheyAreWired() throws IOException {
    GpioConfig gpio =
        load("""
                gpio:
                  chip: pinctrl-rp1
                  pins:
                    - {pin: 17, name: door, mode: input, pull: up, debounce: 50ms, active_low: true}
                    - {pin: 27, name: rain, mode: input}
                """)
            .config()
            .gpio();
    assertThat(gpio.chip()).contains("pinctrl-rp1");
    assertThat(gpio.pins())
        .containsExactly(
            new GpioPin(
                17,
                "door",
                PinMode.INPUT,
                Pull.UP,
                Optional.of(Duration.ofMillis(50)),
                true,
                OutputRules.defaults()),
            new GpioPin(27, "rain", PinMode.INPUT));
  }
}
