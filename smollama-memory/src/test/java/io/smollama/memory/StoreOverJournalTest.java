package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;
import io.smollama.testkit.InMemoryJournal;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreOverJournalTest extends MemoryFixture {
  @Test
  void knowledgeComesBackWhenTheFileIsLost() throws Exception {
    store.observe(load("CPU load 3.4 is unusually high"));
    store.remember(NewMemory.of("Bins go out on Monday"));
    store.close();
    Files.delete(file());
    open();
    assertThat(store.stats().observations()).isEqualTo(1);
    assertThat(store.memories(5)).extracting(Memory::fact).containsExactly("Bins go out on Monday");
  }

  @Test
  void aConfirmationMayArriveBeforeItsFact() {
    InMemoryJournal peer = new InMemoryJournal(new ReplicaId("aa".repeat(16)), clock);
    JournalEntry fact =
        peer.append(ChainId.KNOWLEDGE, "mem.add", "{\"text\":\"It is damp\",\"confidence\":500}");
    journal.append(ChainId.KNOWLEDGE, "mem.confirm", "{\"memory\":\"" + fact.id() + "\"}");
    store.catchUp();
    journal.take(fact);
    store.catchUp();
    assertThat(store.memories(5).get(0).timesConfirmed()).isEqualTo(2);
    assertThat(store.memories(5).get(0).confidence()).isEqualTo(0.55);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "[]",
        "{}",
        "{\"text\":\"\",\"confidence\":1}",
        "{\"text\":5,\"confidence\":1}",
        "{\"text\":\"x\",\"confidence\":\"high\"}"
      })
  void unsoundPayloadsArePassedOver(String payload) {
    journal.append(ChainId.KNOWLEDGE, "mem.add", payload);
    journal.append(ChainId.KNOWLEDGE, "from.the-future", payload);
    store.catchUp();
    assertThat(store.stats().memories()).isZero();
    assertThat(store.remember(NewMemory.of("still works")).confirmed()).isFalse();
  }

  @Test
  void rowsAreMadeAnewWhenTheFoldHasChanged() throws Exception {
    store.remember(NewMemory.of("Bins go out on Monday"));
    store.close();
    sql("UPDATE item SET text = 'wrong'", "UPDATE meta SET value = '0' WHERE key = 'fold_version'");
    open();
    assertThat(store.memories(5)).extracting(Memory::fact).containsExactly("Bins go out on Monday");
  }

  @Test
  void unknownTypesAreKeptAndNotFolded() throws Exception {
    journal.append(ChainId.KNOWLEDGE, "mem.dream", "{\"memory\":\"x\"}");
    store.catchUp();
    assertThat(RawSqlite.first(file(), "SELECT type FROM event")).isEqualTo("mem.dream");
    assertThat(store.stats().memories()).isZero();
  }
}
