package io.smollama.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Nested
  class SourceIds {
    @Test
    void ofOtherNodesBearTheirName() {
      SourceId own = SourceId.parse("mqtt:hall/a:b");
      SourceId here = own.at("kitchen");
      assertThat(here).hasToString("node:kitchen/mqtt:hall/a:b");
      assertThat(here.node()).contains("kitchen");
      assertThat(here.there()).isEqualTo(own);
      assertThat(own.node()).isEmpty();
      assertThat(own.there()).isEqualTo(own);
      for (String odd :
          new String[] {"node:kitchen", "node:/a:b", "node:x/no colon", "node:x/:b"}) {
        assertThat(SourceId.parse(odd).there()).isEqualTo(SourceId.parse(odd));
      }
    }

    @ParameterizedTest
    @CsvSource({
      "system:cpu_temp, system, cpu_temp",
      "mqtt:kitchen/temperature, mqtt, kitchen/temperature",
      "shelly:plug:1, shelly, plug:1"
    })
    void roundTrip(String text, String type, String id) {
      assertThat(SourceId.parse(text)).isEqualTo(new SourceId(type, id)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu_temp", ":cpu", "system:", "two words:x", ""})
    void refusesWhatIsNoSource(String text) {
      assertThatThrownBy(() -> SourceId.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "45.5, celsius, system:x 45.5 °C",
    "3.0, load, system:x 3",
    "-0.5, furlong, system:x -0.5 furlong",
    "49.333333333333336, percent, system:x 49.3333 %",
    "1234567.8, load, system:x 1234568",
    "0.00001, load, system:x 1.0E-5",
    "1e300, '', system:x 1.0E300"
  })
  void describesNumberWithSymbol(double number, String unit, String expected) {
    assertThat(Reading.of("system:x", number, unit, NOON).describe()).isEqualTo(expected);
  }

  @Test
  void describesFlag() {
    assertThat(Reading.of("gpio:17", true, NOON).describe()).isEqualTo("gpio:17 on");
  }

  @Test
  void onlyNumbersAndFlagsAreNumbers() {
    assertThat(new ReadingValue.Quantity(2).asNumber()).hasValue(2);
    assertThat(new ReadingValue.Flag(true).asNumber()).hasValue(1);
    assertThat(new ReadingValue.Text("54").asNumber()).isEmpty();
    assertThat(new ReadingValue.Json("{\"a\":1}").asNumber()).isEmpty();
  }

  @Test
  void keepsItsOwnCopyOfMetadata() {
    var metadata = new java.util.HashMap<>(Map.of("name", "door"));
    var reading =
        new Reading(
            SourceId.parse("gpio:17"), new ReadingValue.Flag(true), Units.BOOLEAN, NOON, metadata);
    metadata.clear();
    assertThat(reading.metadata()).containsEntry("name", "door");
  }
}
