package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.agent.ReadingClaim.Statistic;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.memory.Memory;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewMemory;
import io.smollama.memory.Observation;
import io.smollama.memory.Provenance;
import io.smollama.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three weeks of a kitchen, whose afternoons grow warm in the third; a reading a minute. */
class ClaimCheckTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final SourceId KITCHEN = SourceId.parse("mqtt:kitchen/temperature");
  private static final SourceId CPU = SourceId.parse("system:cpu_temp");
  private static final LocalDate FIRST =
      LocalDate.parse("2026-03-16"); // over the change to summer time

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(at(FIRST, "00:00"));
  private MemoryStore store;
  private ClaimCheck check;

  @BeforeEach
  void open() {
    store = TestStore.open(folder, clock);
    check = new ClaimCheck(store, "pi", AgentConfig.defaults(), clock, BERLIN);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void threeWeeksConfirmForgetRefuteAndEndWhatWasClaimed() {
    Memory warm = fact("The kitchen is mild in the afternoon", afternoon(20, 23), Provenance.MODEL);
    Memory cool = fact("The processor stays cool", cpuBelow(60), Provenance.OBSERVER);
    List<String> days = new ArrayList<>();
    for (int day = 0; day < 21; day++) {
      live(FIRST.plusDays(day), day < 14 ? 22 : 26, day != 9 && day != 10);
      ClaimCheck.Report report = check.run();
      days.add(
          "%d%d%d%d"
              .formatted(report.confirmed(), report.stale(), report.refuted(), report.ended()));
      assertThat(check.run().noted()).as("the same day once more").isEmpty();
    }
    assertThat(days.subList(0, 9)).containsOnly("2000");
    assertThat(days.subList(9, 11)).containsOnly("1100");
    assertThat(days.subList(11, 14)).containsOnly("2000");
    assertThat(days.subList(14, 16)).containsExactly("1010", "1011");
    assertThat(days.subList(16, 21)).containsOnly("1000");

    Memory ended = store.memory(warm.id()).orElseThrow();
    assertThat(ended.active()).as("nothing is deleted").isTrue();
    assertThat(ended.validTo()).contains(at(FIRST.plusDays(14), "14:00"));
    assertThat(ended.fact()).isEqualTo("The kitchen is mild in the afternoon");
    assertThat(store.memories(10)).extracting(Memory::id).containsExactly(cool.id());
    assertThat(notes())
        .containsExactly(
            "The kitchen is mild in the afternoon (mean 20 to 23 °C from 14:00 to 18:00 of kitchen"
                + " temperature) is refuted again and ends to be true: mean was 26 °C on 2026-03-31",
            "The kitchen is mild in the afternoon (mean 20 to 23 °C from 14:00 to 18:00 of kitchen"
                + " temperature) is refuted: mean was 26 °C on 2026-03-30",
            "The processor stays cool (max at most 60 °C over the day of CPU temperature) is borne"
                + " out: max was 50 °C on 2026-03-27",
            "The processor stays cool (max at most 60 °C over the day of CPU temperature) cannot be"
                + " tested: CPU temperature said nothing on 2026-03-25");
  }

  @Test
  void oneBadDayIsTakenBackByTheNext() {
    Memory warm = fact("Mild", afternoon(20, 23), Provenance.MODEL);
    for (double degrees : new double[] {22, 26, 22, 26, 22}) {
      live(clock.instant().atZone(BERLIN).toLocalDate(), degrees, true);
      check.run();
    }
    assertThat(store.memory(warm.id()).orElseThrow().validTo()).isEmpty();
    assertThat(notes()).hasSize(4);
  }

  @Test
  void aSilentDayBetweenTwoBadOnesTakesNothingBack() {
    Memory cool = fact("Cool", cpuBelow(40), Provenance.MODEL);
    for (int day = 0; day < 3; day++) {
      live(FIRST.plusDays(day), 22, day != 1);
      check.run();
    }
    assertThat(store.memory(cool.id()).orElseThrow().validTo()).contains(at(FIRST, "00:00"));
    assertThat(notes()).hasSize(2);
  }

  @Test
  void whatAPersonSaidIsDoubtedAndNeverEnded() {
    Memory said = fact("Mild", afternoon(20, 23), Provenance.OPERATOR);
    for (int day = 0; day < 4; day++) {
      live(FIRST.plusDays(day), 26, true);
      assertThat(check.run().ended()).isZero();
    }
    assertThat(store.memory(said.id()).orElseThrow().validTo()).isEmpty();
    assertThat(notes()).hasSize(2);
  }

  @Test
  void aFactWithoutRoomForAMarkKeepsNoOtherFromBeingTested() {
    List<String> full = new ArrayList<>();
    for (int i = 0; i < 31; i++) {
      full.add("tag" + i);
    }
    NewMemory crowded = new NewMemory("Crowded", 0.6, Provenance.MODEL).tagged(full);
    fact("Cool", cpuBelow(40), Provenance.MODEL);
    store.remember(cpuBelow(40).attachedTo(crowded));
    live(FIRST, 22, true);
    ClaimCheck.Report report = check.run();
    assertThat(report.refuted()).isEqualTo(2);
    assertThat(report.noted()).hasSize(1);
  }

  @Test
  void aChangeIsMarkedByWhoseWordsItHolds() {
    fact("Mild", afternoon(20, 23), Provenance.MODEL);
    fact("Cool", cpuBelow(40), Provenance.MODEL);
    live(FIRST, 26, true);
    check.run();
    assertThat(store.observations(Optional.empty(), Instant.EPOCH, 10))
        .allMatch(note -> note.tainted() == note.sources().contains(KITCHEN))
        .hasSize(2);
  }

  @Test
  void claimsOfOtherNodesAndPersonsTagsAreLeftAlone() {
    store.remember(NewMemory.of("We claim nothing").tagged(List.of("claim")));
    fact("Cool", cpuBelow(40), Provenance.MODEL);
    live(FIRST, 22, true);
    ClaimCheck.Report report =
        new ClaimCheck(store, "another", AgentConfig.defaults(), clock, BERLIN).run();
    assertThat(report.refuted()).isZero();
    assertThat(check.run().refuted()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "LAST, 22:00, 06:00, 19, 19, CONFIRMED",
    "LAST, 22:00, 06:00, 19.5, 30, REFUTED",
    "MIN, 00:00, 00:00, 19, 19, CONFIRMED",
    "MAX, 00:00, 00:00, 22, 22, CONFIRMED",
    "MAX, 06:00, 14:00, 19, 19, CONFIRMED",
    "MEAN, 13:00, 15:00, 20.4, 20.6, CONFIRMED"
  })
  void eachStatisticIsThatOfItsHours(
      Statistic statistic, String from, String to, double low, double high, String verdict) {
    live(FIRST, 22, true);
    live(FIRST.plusDays(1), 22, true);
    ReadingClaim claim =
        new ReadingClaim(
            KITCHEN, LocalTime.parse(from), LocalTime.parse(to), statistic, low, high, FIRST);
    assertThat(ClaimResult.of(claim, FIRST, store.readings(), BERLIN).verdict())
        .hasToString(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "14:00, 18:00, 17:59, 2026-03-18",
    "14:00, 18:00, 18:00, 2026-03-19",
    "00:00, 00:00, 12:00, 2026-03-18",
    "22:00, 06:00, 05:59, 2026-03-17",
    "22:00, 06:00, 06:00, 2026-03-18"
  })
  void onlyHoursThatAreOverAreTested(String from, String to, String now, String day) {
    ReadingClaim claim =
        new ReadingClaim(
            KITCHEN, LocalTime.parse(from), LocalTime.parse(to), Statistic.MEAN, 1, 2, FIRST);
    assertThat(ClaimResult.lastWhole(claim, at(FIRST.plusDays(3), now), BERLIN)).isEqualTo(day);
  }

  private static ReadingClaim afternoon(double low, double high) {
    return new ReadingClaim(
        KITCHEN, LocalTime.of(14, 0), LocalTime.of(18, 0), Statistic.MEAN, low, high, FIRST);
  }

  private static ReadingClaim cpuBelow(double most) {
    return ReadingClaim.daily(CPU, Statistic.MAX, Double.NEGATIVE_INFINITY, most, FIRST);
  }

  private Memory fact(String text, ReadingClaim claim, Provenance who) {
    return store.remember(claim.attachedTo(new NewMemory(text, 0.6, who))).memory();
  }

  /** One day: 19 degrees but in the afternoon, and a processor that may be silent. */
  private void live(LocalDate day, double afternoon, boolean cpu) {
    List<Reading> readings = new ArrayList<>();
    Instant end = at(day.plusDays(1), "00:00");
    for (Instant t = at(day, "00:00"); t.isBefore(end); t = t.plus(Duration.ofMinutes(1))) {
      int hour = t.atZone(BERLIN).getHour();
      double degrees = hour >= 14 && hour < 18 ? afternoon : 19;
      readings.add(Reading.of(KITCHEN.toString(), degrees, "celsius", t));
      if (cpu) {
        readings.add(Reading.of(CPU.toString(), 50, "celsius", t));
      }
    }
    clock.advance(Duration.between(clock.instant(), end));
    store.readings().appendNow(readings);
  }

  private List<String> notes() {
    return store.observations(Optional.empty(), Instant.EPOCH, 20).stream()
        .map(Observation::text)
        .toList();
  }

  private static Instant at(LocalDate day, String time) {
    return day.atTime(LocalTime.parse(time)).atZone(BERLIN).toInstant();
  }
}
