package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonsTimeTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:00:05Z, Europe/Berlin, 2026-03-01 13:00:05 +01:00",
    "2026-07-01T12:00:05Z, Europe/Berlin, 2026-07-01 14:00:05 +02:00",
    "2026-02-28T23:00:00Z, Europe/Berlin, 2026-03-01",
    "2026-03-01T12:00:05Z, UTC, 2026-03-01 12:00:05 UTC",
    "2026-03-01T12:00:05Z, Europe/London, 2026-03-01 12:00:05 UTC",
    "2026-03-01T12:00:05Z, America/New_York, 2026-03-01 07:00:05 -05:00"
  })
  void isShownByTheCalendarOfThisMachineAndCanBeTyped(String time, String zone, String shown) {
    Instant instant = Instant.parse(time);
    assertThat(PersonsTime.shown(instant, ZoneId.of(zone))).isEqualTo(shown);
    assertThat(PersonsTime.parse("--at", shown, ZoneId.of(zone))).isEqualTo(instant);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01, 2026-02-28T23:00:00Z",
    "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
    "2026-03-01T12:00:00+01:00, 2026-03-01T11:00:00Z",
    "2026-03-01 12:00, 2026-03-01T11:00:00Z"
  })
  void isTakenAsPeopleTypeIt(String typed, String time) {
    assertThat(PersonsTime.parse("--at", typed, BERLIN)).isEqualTo(Instant.parse(time));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gestern", "2026-02-30", "12:00", "", "2026-03-01T25:00"})
  void otherwiseTheOptionIsNamed(String typed) {
    assertThatThrownBy(() -> PersonsTime.parse("--at", typed, BERLIN))
        .hasMessageContaining("--at is a day such as 2026-03-01")
        .hasMessageContaining("was '" + typed + "'");
  }

  @Test
  void textsThatAreNoTimesStay() {
    assertThat(PersonsTime.shown("at an unknown time")).isEqualTo("at an unknown time");
    assertThat(PersonsTime.boundsShown("said: the train of 2026-03-01T12:00:00Z is late"))
        .isEqualTo("said: the train of 2026-03-01T12:00:00Z is late");
    assertThat(PersonsTime.boundsShown("edited, true from 2026-03-01T12:00:05Z; x: 1"))
        .startsWith("edited, true from 2026-03-01 ")
        .endsWith("; x: 1");
  }
}
