package io.smollama.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.TimeCertainty.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When things were written on a machine without a clock of its own. */
class ClockHistoryTest {
  private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");
  private static final Instant UNSET = Instant.parse("1970-01-01T00:00:40Z");

  @Test
  void whatWasWrittenBeforeTheClockWasSetIsDatedByTheSteadyClock() {
    ClockHistory history = ClockHistory.of(List.of(mark(1, 100_000, NOON)));
    DatedTime dated = history.date(Optional.of(UNSET), unsure(1, 40_000));
    assertThat(dated.time()).contains(NOON.minusSeconds(60));
    assertThat(dated.certainty().kind()).isEqualTo(Kind.ESTIMATED);
    assertThat(dated.certainty().within().orElseThrow()).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void aSynchronisedClockIsBelieved() {
    ClockHistory history = ClockHistory.of(List.of(mark(1, 100_000, NOON)));
    Instant shown = NOON.minusSeconds(59);
    DatedTime dated =
        history.date(Optional.of(shown), new WriterClock(1, 40_000, ClockQuality.NTP));
    assertThat(dated).isEqualTo(new DatedTime(Optional.of(shown), TimeCertainty.SYNCHRONISED));
  }

  @Test
  void aClockThatNothingContradictsIsBelieved() {
    Instant shown = NOON.minusMillis(60_200);
    DatedTime alone = ClockHistory.NONE.date(Optional.of(shown), unsure(1, 40_000));
    assertThat(alone).isEqualTo(new DatedTime(Optional.of(shown), TimeCertainty.STATED));
    DatedTime confirmed =
        ClockHistory.of(List.of(mark(1, 100_000, NOON)))
            .date(Optional.of(shown), unsure(1, 40_000));
    assertThat(confirmed.time()).contains(shown);
    assertThat(confirmed.certainty().isWorkedOut()).isFalse();
    assertThat(confirmed.certainty().within()).isPresent();
  }

  @Test
  void aBootWithoutAMarkLiesBetweenTheMarksAroundIt() {
    Instant evening = NOON.plus(Duration.ofHours(8));
    ClockHistory history =
        ClockHistory.of(List.of(mark(1, 900_000, NOON), mark(3, 60_000, evening)));
    DatedTime dated = history.date(Optional.of(UNSET), unsure(2, 40_000));
    assertThat(dated.certainty().kind()).isEqualTo(Kind.BEFORE);
    assertThat(dated.time()).contains(evening.plusSeconds(1));
    assertThat(dated.earliest()).contains(NOON.minusSeconds(1));
  }

  @Test
  void aProgramThatWasRestartedOnAMachineThatRanOnNeedsNoMarkOfItsOwn() {
    ClockHistory history =
        ClockHistory.of(
            List.of(mark(1, 900_000, NOON), mark(3, 4_500_000, NOON.plusSeconds(3_600))));
    DatedTime dated = history.date(Optional.of(UNSET), unsure(2, 2_700_000));
    assertThat(dated.time()).contains(NOON.plusSeconds(1_800));
    assertThat(dated.certainty().within().orElseThrow()).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void whatCameBeforeARestartOfTheMachineIsNoLaterThanThat() {
    Instant restart = NOON.plus(Duration.ofDays(200));
    ClockHistory history =
        ClockHistory.of(List.of(mark(1, 0, NOON), mark(2, 60_000, restart.plusSeconds(60))));
    DatedTime last =
        history.date(Optional.of(UNSET), unsure(1, Duration.ofDays(200).toMillis() + 20_000));
    assertThat(last.time().orElseThrow()).isBeforeOrEqualTo(restart);
    DatedTime first = history.date(Optional.of(UNSET), unsure(2, 0));
    assertThat(first.time().orElseThrow()).isAfterOrEqualTo(last.time().orElseThrow());
  }

  @Test
  void anythingMayHaveComeAfterTheLastMark() {
    ClockHistory history = ClockHistory.of(List.of(mark(1, 900_000, NOON)));
    DatedTime dated = history.date(Optional.of(UNSET), unsure(2, 40_000));
    assertThat(dated.certainty()).isEqualTo(new TimeCertainty(Kind.AFTER, Optional.empty()));
    assertThat(dated.time()).contains(NOON.minusSeconds(1));
  }

  @Test
  void aPeerIsNotAskedWhereTheOwnClockCameToBeSet() {
    ClockMark wrong =
        new ClockMark(1, 50_000, NOON.minus(Duration.ofDays(9)), Duration.ofSeconds(1), true);
    ClockHistory history = ClockHistory.of(List.of(wrong, mark(1, 100_000, NOON)));
    assertThat(history.date(Optional.of(UNSET), unsure(1, 40_000)).time())
        .contains(NOON.minusSeconds(60));
  }

  @Test
  void aClockThatWasSetBackIsBelievedAfterwards() {
    ClockHistory history =
        ClockHistory.of(
            List.of(mark(1, 10_000, NOON.plus(Duration.ofDays(9))), mark(1, 100_000, NOON)));
    assertThat(history.date(Optional.of(UNSET), unsure(1, 40_000)).time())
        .contains(NOON.minusSeconds(60));
  }

  @Test
  void whileTheSteadyClockStoodStillThereIsRoom() {
    ClockHistory history =
        ClockHistory.of(List.of(mark(1, 0, NOON), mark(1, 100_000, NOON.plusSeconds(1_100))));
    DatedTime dated = history.date(Optional.of(UNSET), unsure(1, 50_000));
    assertThat(dated.earliest().orElseThrow()).isBefore(NOON.plusSeconds(50));
    assertThat(dated.latest().orElseThrow()).isAfter(NOON.plusSeconds(1_050));
  }

  private static ClockMark mark(long boot, long mono, Instant time) {
    return new ClockMark(boot, mono, time, ClockMark.SYNCHRONISED, false);
  }

  private static WriterClock unsure(long boot, long mono) {
    return new WriterClock(boot, mono, ClockQuality.UNKNOWN);
  }
}
