package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.WordEmbeddings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other nodes know, as this one shows it. */
class ForeignKnowledgeTest {
  private static final ReplicaId CELLAR = new ReplicaId("ce".repeat(16));
  private static final String SAID = "{\"text\":\"It drips\",\"confidence\":700%s}";

  private final ManualClock clock = new ManualClock();
  private final InMemoryJournal journal = new InMemoryJournal(clock);
  private MemoryStore store;

  @TempDir Path folder;

  @BeforeEach
  void open() {
    store =
        MemoryStore.open(
            folder.resolve("memory.sqlite"),
            journal,
            Optional.of(new WordEmbeddings(8)),
            clock,
            new MemoryStore.Settings("attic", MemoryConfig.defaults()));
  }

  @AfterEach
  void close() {
    assertThat(store.upkeep().verify()).isEmpty();
    store.close();
  }

  private EntryId take(int stream, long seq, String type, String payload) {
    String id = "%02x%02x".formatted(stream, seq).repeat(16);
    return journal
        .take(
            new JournalEntry(
                new EntryId(id),
                new ChainId(CELLAR, stream),
                seq,
                seq,
                Optional.empty(),
                type,
                payload))
        .id();
  }

  private EntryId knows(long seq, String type, String more) {
    return take(ChainId.KNOWLEDGE, seq, type, SAID.formatted(more));
  }

  private void introducesItself() {
    take(ChainId.CONTROL, 1, "ctl.genesis", "{\"node\":\"cellar\",\"incarnation\":1}");
  }

  @Test
  void isOfTheNodeThatItsEntryNames() {
    introducesItself();
    EntryId observed = knows(1, "obs.add", ",\"node\":\"cellar-new-name\"");
    store.catchUp();
    assertThat(store.observation(observed).orElseThrow().node()).isEqualTo("cellar-new-name");
    assertThat(
            store.observe(NewObservation.of("Dry here", ObservationType.STATUS, List.of())).node())
        .isEqualTo("attic");
  }

  @Test
  void withoutANameIsOfTheNodeThatItsOriginIs() {
    introducesItself();
    EntryId observed = knows(1, "obs.add", "");
    EntryId fact = knows(2, "mem.add", "");
    store.catchUp();
    assertThat(store.observation(observed).orElseThrow().node()).isEqualTo("cellar");
    assertThat(store.memory(fact).orElseThrow().node()).isEqualTo("cellar");
    assertThat(store.corrections().history(fact).get(0).node()).isEqualTo("cellar");
    MemoryFilter then = MemoryFilter.believedAt(Instant.MAX, 5);
    assertThat(store.memories(then)).extracting(Memory::node).containsExactly("cellar");
  }

  @Test
  void isNamedWhenItsOriginIntroducesItselfLater() {
    EntryId observed = knows(1, "obs.add", "");
    store.catchUp();
    assertThat(store.observation(observed).orElseThrow().node()).isEmpty();
    introducesItself();
    store.catchUp();
    assertThat(store.observation(observed).orElseThrow().node()).isEqualTo("cellar");
  }

  @Test
  void aFileOfTheThirdVersionGoesOnFromItsFrontierAndLearnsTheNames() throws Exception {
    introducesItself();
    EntryId observed = knows(1, "obs.add", "");
    store.remember(NewMemory.of("The pump is off"));
    store.close();
    becomeVersion3(
        "DELETE FROM event WHERE stream = 0", // entries of control were not kept
        "UPDATE item SET node = '' WHERE entry = '" + observed.hex() + "'");
    knows(2, "mem.confirm", ",\"memory\":\"" + observed.hex() + "\"");
    open();
    assertThat(store.observation(observed).orElseThrow().node()).isEqualTo("cellar");
    assertThat(store.remember(NewMemory.of("The pump is off")).memory().timesConfirmed())
        .isEqualTo(2);
    try (Connection file = file();
        var tips =
            file.createStatement()
                .executeQuery(
                    "SELECT group_concat(seq) FROM (SELECT seq FROM applied ORDER BY 1)")) {
      assertThat(tips.getString(1)).isEqualTo("1,2,2");
    }
  }

  private Connection file() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("memory.sqlite"));
  }

  private void becomeVersion3(String... more) throws Exception {
    RawSqlite.forgetClocks(folder.resolve("memory.sqlite"));
    try (Connection file = file()) {
      for (String sql :
          new String[] {
            "ALTER TABLE applied RENAME TO newer",
            KnowledgeTables.VERSION_2.get(KnowledgeTables.VERSION_2.size() - 1),
            "INSERT INTO applied SELECT origin, stream, seq, entry FROM newer",
            "DROP TABLE newer",
            "DROP TABLE damaged_chunk",
            "PRAGMA user_version = 3"
          }) {
        file.createStatement().executeUpdate(sql);
      }
      for (String sql : more) {
        file.createStatement().executeUpdate(sql);
      }
    }
  }
}
