package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.EmbeddingException;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;
import io.smollama.core.SourceId;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.WordEmbeddings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryStoreTest {
  private static final SourceId LOAD = SourceId.parse("system:load_avg");

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final InMemoryJournal journal = new InMemoryJournal(clock);
  private Optional<EmbeddingProvider> embedder = Optional.of(new WordEmbeddings(128));
  private MemoryStore store;

  @BeforeEach
  void open() {
    store =
        MemoryStore.open(
            folder.resolve("memory.sqlite"),
            journal,
            embedder,
            clock,
            new MemoryStore.Settings("pi-kitchen", MemoryConfig.defaults()));
  }

  @AfterEach
  void close() {
    store.close();
  }

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
      assertThat(first.node()).isEqualTo("pi-kitchen");
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

  @Nested
  class RecallByWordsAndMeaning {
    @BeforeEach
    void fill() {
      for (int i = 0; i < 30; i++) {
        store.observe(load("Humidity in room " + i + " as usual"));
      }
      store.remember(NewMemory.of("The cellar floods when it rains for two days"));
      store.observe(load("Motion sensor of the kitchen silent since noon"));
    }

    @Test
    void putsTheBestMatchFirst() {
      RecallResult found = store.recall(RecallQuery.of("why does the cellar flood", 3));
      assertThat(found.byMeaning()).isTrue();
      assertThat(found.hits().get(0).text()).startsWith("The cellar floods");
      assertThat(found.hits().get(0).kind()).isEqualTo(KnowledgeKind.MEMORY);
      assertThat(found.hits())
          .hasSize(3)
          .isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
    }

    @Test
    void filtersInsideTheSearch() {
      RecallQuery facts = new RecallQuery("humidity in room", 5, Set.of(KnowledgeKind.MEMORY));
      assertThat(store.recall(facts).hits())
          .extracting(RecallHit::text)
          .containsExactly("The cellar floods when it rains for two days");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "what is the", "?!\"*"})
    void withNoWordThatCountsListsTheLatest(String query) {
      assertThat(store.recall(RecallQuery.of(query, 2)).hits())
          .extracting(RecallHit::text)
          .containsExactly(
              "Motion sensor of the kitchen silent since noon",
              "The cellar floods when it rains for two days");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "NEAR(cellar",
          "cellar AND",
          "\"cellar",
          "cellar*",
          "text:cellar",
          "cellar -- x"
        })
    void takesSearchSyntaxAsWords(String query) {
      assertThat(store.recall(RecallQuery.of(query, 1)).hits().get(0).text()).contains("cellar");
    }

    @Test
    void findsEverythingAgainAfterReopening() {
      store.close();
      open();
      assertThat(store.recall(RecallQuery.of("kitchen motion", 1)).hits().get(0).text())
          .startsWith("Motion sensor");
      assertThat(store.stats()).isEqualTo(new MemoryStats(0, 31, 1, 32, 0, 0, 0));
    }
  }

  @Nested
  class WithoutAnEmbedder {
    @BeforeEach
    void reopen() {
      store.close();
      embedder = Optional.of(new AbsentEmbedder());
      open();
    }

    @Test
    void recallGoesByWordsAndSaysSo() {
      store.remember(NewMemory.of("The gate code is 4711"));
      store.remember(NewMemory.of("Bins go out on Monday"));
      RecallResult found = store.recall(RecallQuery.of("gate code", 5));
      assertThat(found.byMeaning()).isFalse();
      assertThat(found.hits()).extracting(RecallHit::why).containsExactly(RecallHit.Why.TEXT);
      assertThat(store.upkeep().embeddingFailure()).contains("no model here");
    }

    @Test
    void vectorsAreFilledInWhenOneComes() {
      store.remember(NewMemory.of("The gate code is 4711"));
      assertThat(store.stats().vectorsMissing()).isEqualTo(1);
      store.close();
      embedder = Optional.of(new WordEmbeddings(128));
      open();
      assertThat(store.recall(RecallQuery.of("code", 1)).byMeaning()).isTrue();
      assertThat(store.stats().vectorsMissing()).isZero();
    }
  }

  @Nested
  class OverTheJournal {
    @Test
    void knowledgeComesBackWhenTheFileIsLost() throws Exception {
      store.observe(load("CPU load 3.4 is unusually high"));
      store.remember(NewMemory.of("Bins go out on Monday"));
      store.close();
      Files.delete(folder.resolve("memory.sqlite"));
      open();
      assertThat(store.stats().observations()).isEqualTo(1);
      assertThat(store.memories(5))
          .extracting(Memory::fact)
          .containsExactly("Bins go out on Monday");
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
      try (Connection file = sqlite()) {
        file.createStatement().executeUpdate("UPDATE item SET text = 'wrong'");
        file.createStatement()
            .executeUpdate("UPDATE meta SET value = '0' WHERE key = 'fold_version'");
      }
      open();
      assertThat(store.memories(5))
          .extracting(Memory::fact)
          .containsExactly("Bins go out on Monday");
    }
  }

  @Nested
  class FilesThatCannotBeUsed {
    @BeforeEach
    void stop() {
      store.close();
    }

    @Test
    void damagedFileIsNamedAndLeftAlone() throws Exception {
      Path file = folder.resolve("memory.sqlite");
      byte[] garbage =
          "This is no database, but a long enough text to look like a page. ".repeat(99).getBytes();
      Files.write(file, garbage);
      assertThatThrownBy(MemoryStoreTest.this::open)
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("Move it away");
      assertThat(Files.readAllBytes(file)).isEqualTo(garbage);
    }

    @Test
    void pythonsDatabaseIsNamedAndLeftAlone() throws Exception {
      Files.delete(folder.resolve("memory.sqlite"));
      try (Connection file = sqlite()) {
        file.createStatement().executeUpdate("CREATE TABLE readings_log (id INTEGER)");
      }
      byte[] before = Files.readAllBytes(folder.resolve("memory.sqlite"));
      assertThatThrownBy(MemoryStoreTest.this::open).hasMessageContaining("Smollama for Python");
      assertThat(Files.readAllBytes(folder.resolve("memory.sqlite"))).isEqualTo(before);
    }

    @Test
    void newerFormatAsksForAnUpdate() throws Exception {
      try (Connection file = sqlite()) {
        file.createStatement().executeUpdate("PRAGMA user_version = 99");
      }
      assertThatThrownBy(MemoryStoreTest.this::open).hasMessageContaining("update this program");
    }

    @Test
    void folderThatIsAFileIsNamed() throws Exception {
      Path blocked = Files.writeString(folder.resolve("blocked"), "");
      assertThatThrownBy(
              () -> MemoryStore.open(blocked.resolve("m.sqlite"), new WordEmbeddings(8), clock))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("blocked");
    }

    @Test
    void aMemoryThatWasUsedAloneKeepsItsJournal() {
      Path alone = folder.resolve("alone.sqlite");
      try (MemoryStore embedded = MemoryStore.open(alone, new WordEmbeddings(8), clock)) {
        embedded.remember(NewMemory.of("Alone"));
      }
      try (MemoryStore embedded = MemoryStore.open(alone, new WordEmbeddings(8), clock)) {
        assertThat(embedded.memories(5)).hasSize(1);
      }
      assertThatThrownBy(
              () ->
                  MemoryStore.open(
                      alone,
                      journal,
                      Optional.empty(),
                      clock,
                      new MemoryStore.Settings("pi", MemoryConfig.defaults())))
          .hasMessageContaining("own journal");
    }
  }

  private Connection sqlite() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("memory.sqlite"));
  }

  private static NewObservation load(String text) {
    return NewObservation.of(text, ObservationType.ANOMALY, List.of(LOAD));
  }

  /** An embedder whose model is not there. */
  private static final class AbsentEmbedder implements EmbeddingProvider {
    @Override
    public EmbeddingModel model() {
      return new EmbeddingModel("absent", 8, 0.93);
    }

    @Override
    public io.smollama.core.Embedding embed(String text) {
      throw new EmbeddingException("absent", "no model here", false);
    }
  }
}
