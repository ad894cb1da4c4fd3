package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.core.TimeCertainty;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewObservation;
import io.smollama.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainWordsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, just now",
    "-60, just now",
    "-61, in 61 s (in the future)",
    "-259200, in 3 days (in the future)",
    "12, 12 s ago",
    "119, 119 s ago",
    "120, 2 min ago",
    "7200, 2 h ago",
    "172800, 2 days ago"
  })
  void agesAreSaidAsPeopleSayThem(long seconds, String said) {
    assertThat(Age.of(NOON.minusSeconds(seconds), NOON)).isEqualTo(said);
  }

  @Test
  void whatAClockSaidThatWasNotSetHasNoAge() {
    assertThat(Age.of(Instant.parse("1970-01-01T00:05:00Z"), NOON)).isEqualTo("time not known");
    assertThat(Age.of(Instant.EPOCH, Instant.EPOCH.plusSeconds(5))).isEqualTo("5 s ago");
  }

  @ParameterizedTest
  @CsvSource({
    "SYNCHRONISED, 1000, 3 h ago",
    "STATED, 1000, 3 h ago",
    "ESTIMATED, 1006, about 3 h ago ± 2 s",
    "ESTIMATED, 600000, about 3 h ago ± 10 min",
    "AFTER, 1000, at most 3 h ago",
    "BEFORE, 1000, at least 3 h ago"
  })
  void anAgeThatWasWorkedOutSaysSo(TimeCertainty.Kind kind, long off, String said) {
    TimeCertainty certainty = new TimeCertainty(kind, Optional.of(Duration.ofMillis(off)));
    assertThat(Age.of(NOON.minusSeconds(10_800), certainty, NOON)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "3.4, 3.4",
    "0.20000001, 0.2",
    "45.5123, 45.5",
    "1234.56, 1235",
    "0, 0",
    "-0.0001, -0.0001",
    "100, 100",
    "20, 20",
    "1e7, 10000000"
  })
  void figuresHaveThreeDigitsThatCount(double number, String written) {
    assertThat(Figures.of(number)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "0.2, 0.5999, 0.2-0.6",
    "45.2, 52.4, 45-52",
    "-18.2, -17, -18 to -17",
    "-1, 1, -1 to 1",
    "2445, 2445.3, 2445",
    "-5, -5, -5"
  })
  void rangesHaveTwo(double low, double high, String written) {
    assertThat(Figures.range(low, high)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "system:load_avg, '', CPU load",
    "gpio:17, motion_sensor, motion sensor",
    "gpio:17, '', pin 17",
    "mqtt:kitchen/temperature, '', kitchen temperature"
  })
  void sourcesHaveNames(String source, String label, String name) {
    assertThat(SourceWords.name(SourceId.parse(source), label)).isEqualTo(name);
  }

  @Test
  void sourcesOfOtherNodesAreNamedAsThereAndByNode() {
    Reading load = Reading.of("node:attic-pi/system:load_avg", 0.4, "load", NOON);
    assertThat(SourceWords.name(load)).isEqualTo("CPU load of attic-pi");
    assertThat(SourceWords.nameThere(load)).isEqualTo("CPU load");
    assertThat(SourceWords.description(load)).startsWith("attic pi CPU load: ");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "It has 21.3 degrees., It has 21.3 degrees.",
        "'It has 21,3 degrees.', 'It has 21,3 degrees.'",
        "It has 22 degrees., -",
        "It is hot after a long day of cooking., -",
        "It has 21.3 °C. It uses 3.9 GHz to cook., It has 21.3 °C.",
        "Motion is off. It has 21.3 °C., Motion is off. It has 21.3 °C.",
        "Motion is on., -",
        "5 of 5 are well., -",
        "It has 44% humidity., It has 44% humidity.",
        "Humidity is 44., Humidity is 44.",
        "It has 21.3%., -",
        "'', -"
      })
  void ofAModelsWordsTheTrueSentencesStay(String said, String kept) {
    String facts =
        "kitchen temperature is 21.3 °C; kitchen humidity is 44 %; kitchen motion is off.";
    assertThat(GroundedWords.of(said, facts, "are all 5 well").orElse(null)).isEqualTo(kept);
  }

  @Nested
  class Reports {
    @TempDir Path folder;
    private final ManualClock clock = new ManualClock(NOON);

    @Test
    void tellHowANodeStarted() {
      try (MemoryStore store = open()) {
        StatusReport report = new StatusReport(store.readings());
        assertThat(report.atStart("pi", List.of(reading(0.42))).map(NewObservation::text))
            .contains("Node pi started with CPU load 0.42");
        assertThat(report.atStart("pi", List.of())).isEmpty();
      }
    }

    @Test
    void tellHowFarBackTheDataGo() {
      try (MemoryStore store = open()) {
        StatusReport report = new StatusReport(store.readings());
        for (int i = 0; i < 15; i++) {
          store.readings().append(List.of(reading(0.5)));
          clock.advance(Duration.ofMinutes(1));
        }
        assertThat(report.over(Duration.ofHours(1), clock.instant()).map(NewObservation::text))
            .contains("In the last 15 min: CPU load 0.5");
      }
    }

    @Test
    void tellWhatChangedAndAreLeftOutWhenNothingDid() {
      try (MemoryStore store = open()) {
        StatusReport report = new StatusReport(store.readings());
        hour(store, 0.2, 0.6);
        assertThat(report.over(Duration.ofHours(1), clock.instant()).map(NewObservation::text))
            .contains("In the last 60 min: CPU load 0.2-0.6, mean 0.4");
        hour(store, 0.3, 0.5);
        assertThat(report.over(Duration.ofHours(1), clock.instant())).isEmpty();
        hour(store, 2.8, 3.2);
        assertThat(report.over(Duration.ofHours(1), clock.instant()).map(NewObservation::text))
            .contains("In the last 60 min: CPU load 2.8-3.2, mean 3");
        clock.advance(Duration.ofHours(23));
        hour(store, 2.9, 3.1);
        assertThat(report.over(Duration.ofHours(1), clock.instant())).isPresent();
      }
    }

    private void hour(MemoryStore store, double one, double other) {
      for (int minute = 0; minute < 60; minute++) {
        store.readings().append(List.of(reading(minute % 2 == 0 ? one : other)));
        clock.advance(Duration.ofMinutes(1));
      }
    }

    private Reading reading(double load) {
      return Reading.of("system:load_avg", load, "load", clock.instant());
    }

    private MemoryStore open() {
      return TestStore.open(folder, clock);
    }
  }
}
