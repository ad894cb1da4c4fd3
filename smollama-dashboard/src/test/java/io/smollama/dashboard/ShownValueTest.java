package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownValueTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "47.236, celsius, 47.2, °C",
    "-3.25, celsius, −3.25, °C",
    "0.4187, load, 0.42, ''",
    "0, lux, 0, lx",
    "1013.25, hectopascal, 1013, hPa",
    "24531, mb, 24, GB",
    "2411.7, mb, 2412, MB",
    "45120, bytes_per_second, 45.1, kB/s",
    "1234567, seconds, 14 d 6 h, ''",
    "3900, seconds, 1 h 5 min, ''",
    "90, seconds, 90, s",
    "NaN, celsius, no number, ''"
  })
  void fewDigitsAndFittingUnits(double number, String unit, String figure, String symbol) {
    assertThat(ShownValue.of(new ReadingValue.Quantity(number), unit))
        .isEqualTo(new ShownValue(figure, symbol));
  }

  @Test
  void longTextsAreCut() {
    assertThat(ShownValue.of(new ReadingValue.Text("a".repeat(500)), "").figure()).hasSize(200);
  }

  @ParameterizedTest
  @CsvSource({
    "system:cpu_temp, CPU temperature",
    "system:mem_percent, Memory in use",
    "mqtt:kitchen/temperature, Kitchen temperature",
    "gpio:17, Pin 17"
  })
  void sourcesHaveNames(String source, String label) {
    assertThat(group(Reading.of(source, 1, "", NOW), NOW).tiles().get(0).label()).isEqualTo(label);
  }

  @Test
  void theProvidersNameGoesFirst() {
    Reading reading =
        new Reading(
            SourceId.parse("gpio:17"),
            new ReadingValue.Flag(true),
            "boolean",
            NOW,
            Map.of("name", "porch light"));
    assertThat(group(reading, NOW).tiles().get(0).label()).isEqualTo("Porch light");
  }

  @Test
  void whatIsLongAgoIsMarked() {
    Reading reading = Reading.of("t:a", 1, "", NOW);
    assertThat(group(reading, NOW.plusSeconds(60)).tiles().get(0).old()).isFalse();
    assertThat(group(reading, NOW.plusSeconds(301)).tiles().get(0).old()).isTrue();
  }

  @Test
  void whatANodeSharesStandsUnderItsName() {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    List<ReadingGroup> groups =
        ReadingGroup.of(
            List.of(
                Reading.of("node:attic/system:load_avg", 0.4, "load", now.minusSeconds(1200)),
                Reading.of("node:cellar/gpio:17", true, now.minusSeconds(3600)),
                Reading.of("system:load_avg", 0.1, "load", now),
                Reading.of("node:attic/i2c:humidity", 40, "percent", now)),
            now);
    assertThat(groups)
        .extracting(ReadingGroup::title)
        .containsExactly("This machine", "Node attic", "Node cellar");
    assertThat(groups.get(1).tiles())
        .extracting(ReadingGroup.Tile::label)
        .containsExactly("CPU load", "Humidity");
    assertThat(groups.get(1).tiles().get(0).old()).isFalse();
    assertThat(groups.get(2).tiles().get(0).old()).isTrue();
  }

  private static ReadingGroup group(Reading reading, Instant now) {
    return ReadingGroup.of(List.of(reading), now).get(0);
  }
}
