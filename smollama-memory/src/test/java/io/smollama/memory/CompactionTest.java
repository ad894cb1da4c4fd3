package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.SourceId;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.WordEmbeddings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
  private static final SourceId LOAD = SourceId.parse("system:load_avg");
  private static final SourceId DOOR = SourceId.parse("gpio:17");

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final Instant monday = Instant.parse("2026-01-05T08:00:00Z");
  private MemoryStore store;

  @BeforeEach
  void open() {
    store = MemoryStore.open(folder.resolve("memory.sqlite"), new WordEmbeddings(64), clock);
    for (int day = 0; day < 4; day++) {
      notice("CPU load %d.5 is unusually high".formatted(day + 2), LOAD, day);
    }
    notice("The door opened", DOOR, 0);
    notice("CPU load 9.5 is unusually high", LOAD, 7);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void notice(String text, SourceId source, int day) {
    store.observe(
        NewObservation.of(text, ObservationType.ANOMALY, List.of(source))
            .noticedAt(monday.plus(Duration.ofDays(day))));
  }

  private List<Observation> shown() {
    return store.observations(Optional.empty(), Instant.EPOCH, 100);
  }

  @Test
  void hidesAWeekBehindItsSummaryAndDeletesNothing() {
    Observation first =
        shown().stream().filter(o -> o.text().contains("2.5")).findFirst().orElseThrow();
    CompactionReport report = store.upkeep().compact(clock.instant(), ObservationSummariser.NONE);
    assertThat(report).isEqualTo(new CompactionReport(1, 4));
    assertThat(shown())
        .extracting(Observation::text)
        .containsExactlyInAnyOrder(
            "CPU load 9.5 is unusually high",
            "The door opened",
            "5 Jan 2026 to 8 Jan 2026, 4 observations: 4 × CPU load 2.5–5.5 is unusually high");
    Observation summary =
        shown().stream().filter(o -> o.type() == ObservationType.SUMMARY).findFirst().orElseThrow();
    assertThat(summary.sources()).containsExactly(LOAD);
    assertThat(summary.time()).contains(monday.plus(Duration.ofDays(3)));
    assertThat(store.observation(first.id()))
        .hasValueSatisfying(o -> assertThat(o.hidden()).isTrue());
    assertThat(store.recall(RecallQuery.of("load unusually high", 10)).hits())
        .extracting(RecallHit::text)
        .noneMatch(text -> text.startsWith("CPU load 2.5 is"));
  }

  @Test
  void doesNothingTheSecondTime() {
    store.upkeep().compact(clock.instant(), ObservationSummariser.NONE);
    assertThat(store.upkeep().compact(clock.instant(), ObservationSummariser.NONE))
        .isEqualTo(new CompactionReport(0, 0));
  }

  @Test
  void leavesAloneWhatIsYoung() {
    assertThat(store.upkeep().compact(monday.plusSeconds(1), ObservationSummariser.NONE))
        .isEqualTo(new CompactionReport(0, 0));
  }

  @Test
  void putsTheWordsOfAModelBeforeTheFigures() {
    store.upkeep().compact(clock.instant(), digest -> Optional.of("A busy week."));
    assertThat(shown())
        .extracting(Observation::text)
        .anyMatch(text -> text.startsWith("A busy week. (5 Jan 2026"));
  }
}
