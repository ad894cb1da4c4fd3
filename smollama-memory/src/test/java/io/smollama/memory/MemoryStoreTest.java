package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends MemoryFixture {
  @Nested
  class Observations {
    @Test
    void comeBackWholeAndNewestFirst() {
      Observation first = store.observe(load("CPU load 3.4 is unusually high"));
      clock.advance(Duration.ofMinutes(1));
      Observation second =
          store.observe(
              new NewObservation(
                  "All quiet", ObservationType.STATUS, 0.5, List.of(), Provenance.MODEL));
      assertThat(store.observations(Optional.empty(), Instant.EPOCH, 10))
          .containsExactly(second, first);
      assertThat(first.node()).isEqualTo("pi");
      assertThat(first.sources()).containsExactly(LOAD);
    }

    @Test
    void areFilteredByTypeAndTime() {
      store.observe(load("early"));
      Instant later = clock.advance(Duration.ofHours(1));
      Observation late = store.observe(load("late"));
      assertThat(store.observations(Optional.empty(), later, 10)).containsExactly(late);
      assertThat(store.observations(Optional.of(ObservationType.STATUS), Instant.EPOCH, 10))
          .isEmpty();
      assertThat(store.observations(Optional.of(ObservationType.ANOMALY), Instant.EPOCH, 1))
          .containsExactly(late);
    }

    @Test
    void refuseWhatSaysNothing() {
      assertThatThrownBy(() -> load("  ")).hasMessageContaining("1 to 4000");
      assertThatThrownBy(
              () ->
                  new NewObservation("x", ObservationType.STATUS, 1.2, List.of(), Provenance.MODEL))
          .hasMessageContaining("1.2");
      assertThat(journal.frontier().chains()).isEmpty();
    }
  }

  @Nested
  class Facts {
    @Test
    void saidAgainAreConfirmed() {
      Remembered first = store.remember(NewMemory.of("The cat sleeps on the router"));
      Remembered again = store.remember(NewMemory.of(" the cat sleeps on the ROUTER "));
      assertThat(first.confirmed()).isFalse();
      assertThat(again.confirmed()).isTrue();
      assertThat(again.memory().id()).isEqualTo(first.memory().id());
      assertThat(again.memory().timesConfirmed()).isEqualTo(2);
      assertThat(again.memory().confidence()).isEqualTo(0.85);
      assertThat(store.stats().memories()).isEqualTo(1);
    }

    @Test
    void withOtherNumbersOrANegationAreOtherFacts() {
      store.remember(NewMemory.of("The boiler in the cellar of the house holds 1.8 bar"));
      store.remember(NewMemory.of("The boiler in the cellar of the house holds 1.2 bar"));
      store.remember(NewMemory.of("The boiler in the cellar of the house never holds 1.2 bar"));
      assertThat(store.memories(10)).hasSize(3);
    }

    @Test
    void ofALoopingNodeAreNotVotedTrue() {
      store.remember(NewMemory.of("The moon is warm"));
      for (int i = 0; i < 50; i++) {
        store.remember(NewMemory.of("The moon is warm"));
      }
      assertThat(store.memories(1).get(0).timesConfirmed()).isEqualTo(21);
    }
  }
}
