package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.readings.Burst;
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
}
