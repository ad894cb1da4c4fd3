package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewHashTest {
  private final ManualClock clock = new ManualClock();
  @TempDir private Path folder;

  private MemoryStore open(String name, InMemoryJournal journal) {
    return MemoryStore.open(
        folder.resolve(name),
        journal,
        Optional.empty(),
        clock,
        new MemoryStore.Settings("attic", MemoryConfig.defaults()));
  }

  @Test
  void isAnotherAfterAllThatChangesWhatIsKnownAndTheSameOverTheSameEntries() {
    InMemoryJournal journal = new InMemoryJournal(clock);
    Set<String> seen = new HashSet<>();
    String last;
    try (MemoryStore store = open("one", journal)) {
      assertNew(seen, store);
      Memory fact = store.remember(NewMemory.of("The kettle leaks")).memory();
      assertNew(seen, store);
      store.observe(NewObservation.of("It drips", ObservationType.GENERAL, List.of()));
      assertNew(seen, store);
      store.corrections().confirm(fact.id(), Corrections.By.OPERATOR);
      assertNew(seen, store);
      String before = store.upkeep().viewHash();
      store.corrections().retract(fact.id(), Corrections.By.OPERATOR);
      assertNew(seen, store);
      clock.advance(Duration.ofDays(1));
      store.corrections().restore(fact.id(), Corrections.By.OPERATOR);
      assertThat(store.upkeep().viewHash()).isEqualTo(before);
      store.corrections().dispute(fact.id(), Corrections.By.OPERATOR);
      assertNew(seen, store);
      last = store.upkeep().viewHash();
      store.readings().flush();
      assertThat(store.upkeep().viewHash()).isEqualTo(last);
    }
    try (MemoryStore other = open("other", journal)) {
      assertThat(other.upkeep().viewHash()).isEqualTo(last);
    }
  }

  private static void assertNew(Set<String> seen, MemoryStore store) {
    String hash = store.upkeep().viewHash();
    assertThat(hash).matches("[0-9a-f]{64}");
    assertThat(seen.add(hash)).as("another hash").isTrue();
  }
}
