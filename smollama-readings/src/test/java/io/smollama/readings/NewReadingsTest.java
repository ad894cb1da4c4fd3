package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewReadingsTest {
  private final ManualClock clock = new ManualClock();
  private final NewReadings fresh = new NewReadings();

  private Reading temperature(double value) {
    return Reading.of("mqtt:hall", value, "celsius", clock.instant());
  }

  @Test
  void whatIsReadAgainIsNotNewThoughItHasGrownStale() {
    Reading first = temperature(21);
    Reading stale =
        new Reading(
            first.source(), first.value(), first.unit(), first.time(), Map.of("stale", "for long"));
    assertThat(fresh.of(List.of(first))).containsExactly(first);
    assertThat(fresh.of(List.of(first))).isEmpty();
    assertThat(fresh.of(List.of(stale))).isEmpty();
  }

  @Test
  void anotherTimeValueUnitOrQualityIsNew() {
    Reading first = temperature(21);
    fresh.of(List.of(first));
    assertThat(fresh.of(List.of(first.with(new ReadingValue.Quantity(22))))).hasSize(1);
    assertThat(fresh.of(List.of(first))).hasSize(1);
    assertThat(fresh.of(List.of(first.doubted("it bounces")))).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(fresh.of(List.of(temperature(21)))).hasSize(1);
    assertThat(fresh.of(List.of(Reading.of("mqtt:hall", 21, "kelvin", clock.instant()))))
        .hasSize(1);
  }
}
