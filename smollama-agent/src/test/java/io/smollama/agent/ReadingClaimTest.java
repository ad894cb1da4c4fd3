package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smollama.agent.ReadingClaim.Statistic;
import io.smollama.core.SourceId;
import io.smollama.memory.NewMemory;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingClaimTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-03-16");

  @ParameterizedTest
  @CsvSource({"20, 23", "-Infinity, -0.125", "1.5E7, Infinity", "-1.0E-5, 3"})
  void aClaimIsReadBackAsItWasWritten(double low, double high) {
    ReadingClaim claim =
        new ReadingClaim(
            SourceId.parse("mqtt:a b/c since 2:x"),
            LocalTime.parse("22:30"),
            LocalTime.parse("06:00"),
            Statistic.MAX,
            low,
            high,
            FIRST);
    assertThat(ReadingClaim.parse(claim.line())).contains(claim);
  }

  @ParameterizedTest
  @CsvSource({
    "claim/2 mean 14:00-18:00 1..2 since 2026-03-01 a:b",
    "claim/1 mode 14:00-18:00 1..2 since 2026-03-01 a:b",
    "claim/1 mean 24:00-18:00 1..2 since 2026-03-01 a:b",
    "claim/1 mean 14:00-18:00 2..1 since 2026-03-01 a:b",
    "claim/1 mean 14:00-18:00 .. since 2026-03-01 a:b",
    "claim/1 mean 14:00-18:00 1..2 since 2026-13-01 a:b",
    "claim/1 mean 14:00-18:00 1..2 since 2026-03-01 ab"
  })
  void whatIsNoClaimIsPassedOver(String line) {
    assertThat(ReadingClaim.parse(line)).isEmpty();
  }

  @Test
  void aSourceWithTooLongANameIsNamed() {
    ReadingClaim claim =
        ReadingClaim.daily(new SourceId("mqtt", "x".repeat(200)), Statistic.MIN, 1, 2, FIRST);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> claim.attachedTo(NewMemory.of("Long")))
        .withMessageContaining("xxx");
  }
}
