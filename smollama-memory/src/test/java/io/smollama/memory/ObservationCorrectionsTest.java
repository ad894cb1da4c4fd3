package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.EntryId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObservationCorrectionsTest extends KnowledgeFixture {
  private Observation notice(String text) {
    return store.observe(NewObservation.of(text, ObservationType.ANOMALY, List.of()));
  }

  @Test
  void retractedAreHiddenForEverAndKept() {
    Observation seen = notice("Smoke in the kitchen");
    Observation hidden = corrections.retractObservation(seen.id(), MODEL);
    assertThat(hidden.hidden()).isTrue();
    assertThat(store.observations(Optional.empty(), Instant.EPOCH, 5)).isEmpty();
    assertThat(store.observation(seen.id())).contains(hidden);
    assertThat(store.observation(seen.id().hex().substring(0, 10))).contains(hidden);
    assertThat(store.stats().hidden()).isEqualTo(1);
    assertThat(store.stats().observations()).isEqualTo(1);
  }

  @Test
  void retractedTwiceAreRetractedOnce() {
    Observation seen = notice("The fan is loud");
    corrections.retractObservation(seen.id(), OPERATOR);
    long entries = store.upkeep().lamport();
    assertThat(corrections.retractObservation(seen.id(), OPERATOR).hidden()).isTrue();
    assertThat(store.upkeep().lamport()).isEqualTo(entries);
  }

  @Test
  void summedUpAreHiddenUntilTheSummaryIsRetracted() {
    List<EntryId> covered = new ArrayList<>();
    for (int i = 0; i < 1_300; i++) {
      covered.add(notice("Motion " + i).id());
    }
    long before = journal.frontier().chains().values().iterator().next().highest();
    Observation summary =
        corrections.summarise(
            NewObservation.of("Much motion", ObservationType.SUMMARY, List.of()), covered);
    assertThat(journal.frontier().chains().values().iterator().next().highest())
        .isEqualTo(before + 4);
    assertThat(store.observations(Optional.empty(), Instant.EPOCH, 5)).containsExactly(summary);
    assertThat(store.stats().hidden()).isEqualTo(1_300);
    corrections.retractObservation(summary.id(), OPERATOR);
    assertThat(store.stats().hidden()).isEqualTo(1);
  }

  @Test
  void thatAreNotThereAreNamed() {
    EntryId fact = say("A fact is no observation").id();
    assertThatThrownBy(() -> corrections.retractObservation(fact, OPERATOR))
        .hasMessageContaining(fact.hex());
    NewObservation summary = NewObservation.of("x", ObservationType.SUMMARY, List.of());
    assertThatThrownBy(() -> corrections.summarise(summary, List.of(fact)))
        .hasMessageContaining(fact.hex());
    assertThatThrownBy(() -> corrections.summarise(summary, List.of()))
        .hasMessageContaining("at least one");
  }

  @Test
  void keepWhatTheCallerSaysOfThem() {
    Instant then = Instant.parse("2020-05-05T05:05:05.005Z");
    Observation seen =
        store.observe(
            NewObservation.of("Someone rang", ObservationType.GENERAL, List.of())
                .noticedAt(then)
                .tagged(List.of("door"))
                .named("ring-1")
                .fromOutside());
    assertThat(seen.time()).contains(then);
    assertThat(seen.tags()).containsExactly("door");
    assertThat(seen.ref()).isEqualTo("ring-1");
    assertThat(seen.tainted()).isTrue();
  }
}
