package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.testkit.InMemoryJournal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LostJournalTest extends KnowledgeFixture {
  @BeforeEach
  void loseIt() {
    say("The cellar is damp");
    corrections.dispute(say("The moon is warm").id(), MODEL);
    store.close();
    journal = new InMemoryJournal(clock);
  }

  @Test
  void theEventsKeepWhatIsKnown() throws Exception {
    sql("UPDATE meta SET value = '0' WHERE key = 'fold_version'");
    open();
    assertThat(facts(MemoryFilter.everything(5)))
        .containsExactly("The moon is warm", "The cellar is damp");
    assertThat(store.memories(1).get(0).confidence()).isEqualTo(0.7);
    assertThat(store.recall(RecallQuery.of("cellar", 1)).hits()).hasSize(1);
  }

  @Test
  void aWarningSaysWhereTheyAre() {
    try (Database database = Database.open(file())) {
      JournalView view = new JournalView(database, journal, store.readings());
      view.load();
      assertThat(view.warning().orElseThrow()).contains("lacks 3 entries", file().toString());
      JournalView whole =
          new JournalView(database, new LocalJournal(database, clock), store.readings());
      assertThat(whole.warning()).isEmpty();
    }
    open();
  }
}
