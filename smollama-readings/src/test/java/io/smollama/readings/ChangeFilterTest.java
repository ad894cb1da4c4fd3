package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeFilterTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final ChangeFilter filter =
      new ChangeFilter(
          List.of(
              new SourceRule("bme:*", Optional.empty(), Optional.of(0.5), Duration.ofMinutes(10)),
              new SourceRule("gpio:*", Optional.empty(), Optional.of(0.0), Duration.ofHours(1))));

  private static Reading temp(double value, int second) {
    return Reading.of("bme:temp", value, "celsius", NOON.plusSeconds(second));
  }

  private List<String> kept(Reading... readings) {
    List<String> kept = new ArrayList<>();
    for (Reading reading : readings) {
      filter
          .worthKeeping(List.of(reading))
          .forEach(
              r -> kept.add(r.value().text() + "@" + Duration.between(NOON, r.time()).toSeconds()));
    }
    return kept;
  }

  @Test
  void keepsAChangeByMoreThanTheDeadbandWithWhatWasBeforeIt() {
    assertThat(kept(temp(20, 0), temp(20.5, 5), temp(19.5, 10), temp(20.6, 15), temp(20.7, 20)))
        .containsExactly("20@0", "19.5@10", "20.6@15");
  }

  @Test
  void slowDriftIsNotLost() {
    List<Reading> slow = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      slow.add(temp(20 + i * 0.1, i));
    }
    assertThat(kept(slow.toArray(Reading[]::new))).contains("20@0", "20.6@6", "21.2@12");
  }

  @Test
  void keepsOneInEachHeartbeat() {
    assertThat(kept(temp(20, 0), temp(20, 599), temp(20, 600), temp(20, 1199), temp(20, 1200)))
        .containsExactly("20@0", "20@600", "20@1200");
  }

  @Test
  void aClockThatWasSetBackSilencesNothing() {
    assertThat(kept(temp(20, 0), temp(20, -5000))).containsExactly("20@0", "20@-5000");
  }

  @Test
  void flagsTextsAndNotANumberAreKeptWhenTheyDiffer() {
    SourceId door = SourceId.parse("gpio:27");
    List<Reading> said =
        List.of(
            Reading.of("gpio:17", true, NOON),
            Reading.of("gpio:17", true, NOON.plusSeconds(1)),
            Reading.of("gpio:17", false, NOON.plusSeconds(2)),
            new Reading(door, new ReadingValue.Text("ajar"), "", NOON, Map.of()),
            new Reading(door, new ReadingValue.Text("ajar"), "", NOON.plusSeconds(1), Map.of()));
    assertThat(kept(said.toArray(Reading[]::new)))
        .containsExactly("on@0", "on@1", "off@2", "ajar@0");
    assertThat(kept(temp(20, 0), temp(Double.NaN, 1), temp(Double.NaN, 2))).hasSize(2);
  }

  @Test
  void doubtIsAChange() {
    assertThat(kept(temp(20, 0), temp(20.1, 1).doubted("too fast"), temp(20.1, 2))).hasSize(3);
  }

  @Test
  void whatHasNoDeadbandIsKept() {
    Reading free = Reading.of("system:cpu_temp", 45, "celsius", NOON);
    assertThat(filter.worthKeeping(List.of(free, free))).hasSize(2);
  }
}
