package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smollama.agent.LookSchedule.Situation;
import io.smollama.agent.LookSchedule.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookScheduleTest {
  private static final ObserverConfig CONFIG =
      new ObserverConfig(
          ObserverConfig.Use.AUTO, Duration.ofMinutes(15), Duration.ofMinutes(120), 10);

  private final LookSchedule schedule = new LookSchedule(CONFIG, Duration.ZERO);
  private Duration now = Duration.ZERO;

  @ParameterizedTest
  @CsvSource({
    // shares of changed sources look by look, and the interval in minutes after each
    "'1 1 1', '15 15 15'",
    "'0.05 0.05 0.05 0.05', '30 60 120 120'",
    "'0.05 0.05 0.2 0.2 0.15', '30 60 60 60 60'",
    "'0.05 0.05 0.29 0.3 0.5 0.2 0.1', '30 60 60 30 15 15 30'"
  })
  void livelyReadingsShortenTheIntervalAndQuietOnesLengthenIt(String shares, String minutes) {
    StringBuilder intervals = new StringBuilder();
    for (String share : shares.split(" ")) {
      look(Double.parseDouble(share));
      intervals.append(schedule.interval().toMinutes()).append(' ');
    }
    assertThat(intervals.toString().strip()).isEqualTo(minutes);
  }

  @Test
  void theFirstLookIsDueWhenTheShortestIntervalHasPassed() {
    assertThat(ask(14, 1)).isEqualTo(Verdict.EARLY);
    assertThat(ask(1, 1)).isEqualTo(Verdict.LOOK);
  }

  @Test
  void whatHasNotChangedIsNotLookedAtAgainAndEverMoreSeldomAskedFor() {
    look(1);
    assertThat(ask(15, 0)).isEqualTo(Verdict.UNCHANGED);
    assertThat(ask(1, 1)).isEqualTo(Verdict.EARLY);
    assertThat(schedule.interval()).isEqualTo(Duration.ofMinutes(30));
    assertThat(ask(29, 1)).isEqualTo(Verdict.LOOK);
  }

  @Test
  void aHotMachineLooksFourTimesLessOften() {
    now = now.plusMinutes(59);
    assertThat(schedule.ask(now, () -> new Situation(1, true))).isEqualTo(Verdict.EARLY);
    assertThat(schedule.ask(now, () -> new Situation(1, false))).isEqualTo(Verdict.LOOK);
    now = now.plusMinutes(1);
    assertThat(schedule.ask(now, () -> new Situation(1, true))).isEqualTo(Verdict.LOOK);
  }

  @Test
  void aDayHasSoManyLooksHoweverLivelyItIs() {
    int looks = 0;
    for (int quarter = 0; quarter < 96; quarter++) {
      if (ask(15, 1) == Verdict.LOOK) {
        schedule.looked(now, 1);
        looks++;
      }
    }
    assertThat(looks).isEqualTo(10);
    assertThat(schedule.taken(now)).isEqualTo(10);
    assertThat(ask(14, 1)).isEqualTo(Verdict.SPENT);
    assertThat(ask(1, 1)).as("a day after the first one").isEqualTo(Verdict.LOOK);
  }

  @Test
  void aModelThatIsAwayIsAskedEverMoreSeldomAndThenOnce() {
    int asked = 0;
    now = now.plusMinutes(15);
    for (int minute = 0; minute < 24 * 60; minute++) {
      if (ask(1, 1) == Verdict.LOOK) {
        schedule.away(now);
        asked++;
      }
    }
    assertThat(asked).isBetween(10, 20);
    now = now.plusHours(2);
    assertThat(ask(0, 1)).isEqualTo(Verdict.LOOK);
    schedule.looked(now, 1);
    assertThat(ask(0, 1)).isEqualTo(Verdict.EARLY);
    assertThat(ask(14, 1)).isEqualTo(Verdict.EARLY);
    assertThat(schedule.taken(now)).as("what was missed is not made up").isOne();
  }

  @Test
  void mistakesInTheSectionAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(Duration.ofSeconds(30), Duration.ofHours(1), 1))
        .withMessageContaining("shortest_interval");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(Duration.ofHours(2), Duration.ofHours(1), 1))
        .withMessageContaining("longest_interval");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(Duration.ofHours(1), Duration.ofHours(1), -1))
        .withMessageContaining("looks_per_day");
  }

  private static ObserverConfig config(Duration shortest, Duration longest, int looks) {
    return new ObserverConfig(ObserverConfig.Use.AUTO, shortest, longest, looks);
  }

  private void look(double changed) {
    now = now.plus(schedule.interval());
    assertThat(schedule.ask(now, () -> new Situation(changed, false))).isEqualTo(Verdict.LOOK);
    schedule.looked(now, changed);
  }

  private Verdict ask(int minutes, double changed) {
    now = now.plusMinutes(minutes);
    return schedule.ask(now, () -> new Situation(changed, false));
  }
}
