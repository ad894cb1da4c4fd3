package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTimeTest {
  private final CsvTime times = new CsvTime();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-03-01T12:00:00Z          | 2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00           | 2026-03-01T12:00:00Z",
        "2026-03-01 12:00:00           | 2026-03-01T12:00:00Z",
        "2026-03-01 12:00              | 2026-03-01T12:00:00Z",
        "2026-03-01 12:00:00.123456    | 2026-03-01T12:00:00.123456Z",
        "2026-03-01T12:00:00.5Z        | 2026-03-01T12:00:00.500Z",
        "2026-03-01t12:00:00z          | 2026-03-01T12:00:00Z",
        "2026-03-01T13:00:00+01:00     | 2026-03-01T12:00:00Z",
        "2026-03-01 13:00:00 +0100     | 2026-03-01T12:00:00Z",
        "2026-03-01 13:00:00+01        | 2026-03-01T12:00:00Z",
        "2026-03-01T06:30:00.25-05:30  | 2026-03-01T12:00:00.250Z",
        "2026-03-01                    | 2026-03-01T00:00:00Z",
        "1772366400                    | 2026-03-01T12:00:00Z",
        "1772366400.25                 | 2026-03-01T12:00:00.250Z",
        "1772366400123                 | 2026-03-01T12:00:00.123Z",
        "0                             | 1970-01-01T00:00:00Z",
        "-1                            | 1969-12-31T23:59:59Z"
      })
  void readsWhatLoggersWrite(String text, Instant time) {
    assertThat(times.parse(text)).isEqualTo(time);
    assertThat(times.parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-02-30T12:00:00Z",
        "2026-03-01T24:00:01Z",
        "2026-03-01T12:60:00Z",
        "2026-03-01T12:00:0xZ",
        "2026-03-01X12:00:00Z",
        "2026-3-1 12:00:00",
        "2026-03-01T12:00:00Europe/Berlin",
        "1772366400123456",
        "1e9"
      })
  void saysHowATimeIsWritten(String text) {
    assertThatThrownBy(() -> times.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("timestamp '" + text + "'")
        .hasMessageContaining("since 1970");
  }

  @Test
  void rememberedDaysChangeNothing() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      Instant time = Instant.ofEpochSecond(random.nextLong(-62_167_219_200L, 253_402_300_800L));
      Instant near = time.plusSeconds(random.nextInt(7_200));
      assertThat(times.parse(time.toString())).isEqualTo(time);
      if (near.toString().length() == 20) {
        assertThat(times.parse(near.toString())).isEqualTo(near);
      }
    }
  }
}
