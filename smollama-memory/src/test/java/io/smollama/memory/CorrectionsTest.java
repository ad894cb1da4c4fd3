package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.smollama.core.ChainId;
import io.smollama.core.EmbeddingProvider;
import io.smollama.core.EntryId;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.WordEmbeddings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrectionsTest {
  private static final Corrections.By OPERATOR = Corrections.By.OPERATOR;
  private static final Corrections.By MODEL = new Corrections.By(Provenance.MODEL, "a guess");

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private InMemoryJournal journal = new InMemoryJournal(clock);
  private Optional<EmbeddingProvider> embedder = Optional.of(new WordEmbeddings(128));
  private MemoryStore store;
  private Corrections corrections;

  @BeforeEach
  void open() {
    store =
        MemoryStore.open(
            folder.resolve("memory.sqlite"),
            journal,
            embedder,
            clock,
            new MemoryStore.Settings("pi", MemoryConfig.defaults()));
    corrections = store.corrections();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Memory say(String fact) {
    return store.remember(NewMemory.of(fact)).memory();
  }

  private Remembered guess(String fact) {
    return store.remember(new NewMemory(fact, 0.5, Provenance.MODEL));
  }

  private List<String> facts(MemoryFilter filter) {
    return store.memories(filter).stream().map(Memory::fact).toList();
  }

  @Nested
  class Facts {
    @Test
    void growSurerAndLessSure() {
      Memory fact = guess("The cellar is damp").memory();
      assertThat(corrections.confirm(fact.id(), OPERATOR).confidence()).isEqualTo(0.55);
      assertThat(corrections.dispute(fact.id(), MODEL).confidence()).isEqualTo(0.45);
      assertThat(corrections.dispute(fact.id(), MODEL).timesConfirmed()).isEqualTo(2);
    }

    @Test
    void areNotVotedTrueByOneNode() {
      Memory fact = guess("The cellar is damp").memory();
      for (int i = 0; i < 30; i++) {
        corrections.confirm(fact.id(), MODEL);
      }
      for (int i = 0; i < 11; i++) {
        corrections.dispute(fact.id(), MODEL);
      }
      Memory now = store.memory(fact.id()).orElseThrow();
      assertThat(now.timesConfirmed()).isEqualTo(21);
      assertThat(now.confidence())
          .isCloseTo(fact.confidence() + 20 * 0.05 - 11 * 0.1, within(1e-9));
    }

    @Test
    void areEditedByWhoeverWritesLast() {
      Memory fact = say("The celar is damp");
      Instant end = clock.instant().plus(Duration.ofDays(1));
      MemoryEdit edit =
          MemoryEdit.NONE
              .fact("The cellar is damp")
              .confidence(0.3)
              .tags(List.of("house"))
              .validTo(end);
      corrections.edit(fact.id(), MemoryEdit.NONE.fact("x"), OPERATOR);
      Memory edited = corrections.edit(fact.id(), edit, MODEL);
      assertThat(edited.fact()).isEqualTo("The cellar is damp");
      assertThat(edited.confidence()).isEqualTo(0.3);
      assertThat(edited.tags()).containsExactly("house");
      assertThat(edited.validTo()).contains(end);
      assertThat(
              corrections.edit(fact.id(), MemoryEdit.NONE.validTo(Instant.MAX), OPERATOR).validTo())
          .isEmpty();
      assertThat(store.recall(RecallQuery.of("celar", 5)).hits())
          .noneMatch(hit -> hit.text().contains("celar "));
      assertThat(store.recall(RecallQuery.of("cellar damp", 1)).hits().get(0).text())
          .isEqualTo("The cellar is damp");
    }

    @Test
    void retractedByAPersonOnlyAPersonRestores() {
      Memory fact = say("The moon is warm");
      assertThat(corrections.retract(fact.id(), OPERATOR).active()).isFalse();
      assertThat(corrections.restore(fact.id(), MODEL).active()).isFalse();
      assertThat(corrections.confirm(fact.id(), OPERATOR).active()).isFalse();
      assertThat(store.memories(5)).isEmpty();
      assertThat(store.stats().inactive()).isEqualTo(1);
      assertThat(corrections.restore(fact.id(), OPERATOR).active()).isTrue();
      assertThat(store.stats().inactive()).isZero();
    }

    @Test
    void retractedByAModelAnybodyRestores() {
      Memory fact = say("The moon is cold");
      assertThat(corrections.retract(fact.id(), MODEL).active()).isFalse();
      assertThat(corrections.restore(fact.id(), MODEL).active()).isTrue();
    }

    @Test
    void thatAreRetractedOrActiveAlreadyStayAsTheyAre() {
      Memory fact = say("The moon is cold");
      corrections.restore(fact.id(), OPERATOR);
      assertThat(corrections.history(fact.id())).hasSize(1);
      corrections.retract(fact.id(), MODEL);
      corrections.retract(fact.id(), MODEL);
      assertThat(corrections.history(fact.id())).hasSize(2);
      corrections.retract(fact.id(), OPERATOR);
      corrections.retract(fact.id(), OPERATOR);
      corrections.retract(fact.id(), MODEL);
      assertThat(corrections.history(fact.id())).as("a person has the last word").hasSize(3);
      assertThat(corrections.restore(fact.id(), MODEL).active()).isFalse();
    }

    @Test
    void mergedAreFoundByEitherId() {
      Memory one = say("Bins: Monday");
      Memory other = say("The dustbins are emptied each Monday");
      Memory merged = corrections.merge(other.id(), one.id(), OPERATOR);
      assertThat(merged.id()).isEqualTo(one.id());
      assertThat(merged.fact()).isEqualTo("The dustbins are emptied each Monday");
      assertThat(merged.timesConfirmed()).isEqualTo(2);
      assertThat(store.memory(other.id())).contains(merged);
      assertThat(store.memory(other.id().hex().substring(0, 8))).contains(merged);
      assertThat(store.memories(5)).containsExactly(merged);
      assertThat(store.stats().memories()).isEqualTo(1);
      assertThatThrownBy(() -> corrections.merge(one.id(), other.id(), OPERATOR))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("itself");
    }

    @Test
    void thatAreNotThereAreNamed() {
      EntryId unknown = new EntryId("ab".repeat(32));
      assertThat(store.memory(unknown)).isEmpty();
      assertThat(store.memory("ababab")).isEmpty();
      assertThatThrownBy(() -> corrections.retract(unknown, OPERATOR))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(unknown.hex());
      assertThatThrownBy(() -> store.remember(NewMemory.of("x").replacing(unknown)))
          .hasMessageContaining(unknown.hex());
      assertThatThrownBy(() -> store.memory("abc")).hasMessageContaining("at least 6");
    }

    @Test
    void whoseIdsBeginAlikeAreNamed() throws Exception {
      Memory one = say("One thing");
      Memory other = say("Quite another matter");
      String twin = one.id().hex().substring(0, 8) + other.id().hex().substring(8);
      try (Connection file =
          DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("memory.sqlite"))) {
        file.createStatement()
            .executeUpdate(
                "UPDATE item SET entry = '%s' WHERE entry = '%s'"
                    .formatted(twin, other.id().hex()));
      }
      assertThatThrownBy(() -> store.memory(twin.substring(0, 7)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(one.id().hex().substring(0, 16))
          .hasMessageContaining(twin.substring(0, 16));
    }

    @Test
    void tellTheirHistory() {
      Memory fact = say("The bins go out on Monday");
      clock.advance(Duration.ofHours(1));
      corrections.dispute(fact.id(), MODEL);
      Memory newer = say("The bins go out on Tuesday");
      List<MemoryChange> history = corrections.history(fact.id());
      assertThat(history)
          .extracting(MemoryChange::what)
          .containsExactly(
              "said: The bins go out on Monday",
              "disputed: a guess",
              "replaced by " + newer.id() + ": The bins go out on Tuesday");
      assertThat(history.get(1).provenance()).contains(Provenance.MODEL);
      assertThat(history.get(1).time()).contains(clock.instant());
      assertThat(history.get(1).node()).isEqualTo("pi");
      assertThat(history.get(2).others()).containsExactly(newer.id());
      assertThat(corrections.history(newer.id()).get(0).others()).containsExactly(fact.id());
    }

    @Test
    void keepWhatTheCallerSaysOfThem() {
      Instant then = Instant.parse("2020-05-05T05:05:05.005Z");
      Memory fact =
          store
              .remember(
                  NewMemory.of("Anna is allergic to nuts")
                      .saidAt(then)
                      .tagged(List.of("people", "health"))
                      .named("note-7")
                      .fromOutside())
              .memory();
      assertThat(fact.time()).contains(then);
      assertThat(fact.tags()).containsExactly("people", "health");
      assertThat(fact.ref()).isEqualTo("note-7");
      assertThat(fact.tainted()).isTrue();
      say("The gate code is 4711");
      assertThat(facts(MemoryFilter.everything(5).tagged("health")))
          .containsExactly("Anna is allergic to nuts");
      assertThat(facts(MemoryFilter.everything(5).ofNode("elsewhere"))).isEmpty();
    }
  }

  @Nested
  class SayingAgain {
    @Test
    void somethingElseOfTheSameThingReplaces() {
      Memory monday = say("The bins go out on Monday");
      clock.advance(Duration.ofDays(1));
      Remembered tuesday = store.remember(NewMemory.of("The bins go out on Tuesday"));
      assertThat(tuesday.outcome()).isEqualTo(Remembered.Outcome.REPLACED);
      assertThat(tuesday.replaced()).extracting(Memory::id).containsExactly(monday.id());
      assertThat(tuesday.replaced().get(0).validTo()).contains(clock.instant());
      assertThat(tuesday.memory().validFrom()).contains(clock.instant());
      assertThat(store.memories(5)).containsExactly(tuesday.memory());
      assertThat(facts(MemoryFilter.everything(5)))
          .containsExactly("The bins go out on Tuesday", "The bins go out on Monday");
      assertThat(say("The bins go out on Monday").id()).isNotEqualTo(monday.id());
    }

    @Test
    void aModelDoesNotReplaceWhatAPersonSaid() {
      say("The bins go out on Monday");
      assertThat(guess("The bins go out on Tuesday").outcome()).isEqualTo(Remembered.Outcome.ADDED);
      assertThat(store.memories(5)).hasSize(2);
    }

    @Test
    void whatMayMeanSeveralReplacesNone() {
      say("The meeting is on Monday");
      guess("The meeting is on Tuesday");
      assertThat(store.remember(NewMemory.of("The meeting is on Friday")).outcome())
          .isEqualTo(Remembered.Outcome.ADDED);
      assertThat(store.memories(5)).hasSize(3);
    }

    @Test
    void theCallerMayNameWhatIsReplaced() {
      Memory old = say("Anna lives in Bonn");
      Remembered done = store.remember(NewMemory.of("Anna moved to Kiel").replacing(old.id()));
      assertThat(done.outcome()).isEqualTo(Remembered.Outcome.REPLACED);
      assertThat(store.memories(5)).containsExactly(done.memory());
    }

    @Test
    void whatAPersonRetractedStaysSoUntilAPersonSaysIt() {
      Memory fact = say("The moon is warm");
      corrections.retract(fact.id(), OPERATOR);
      Remembered guessed = guess("the moon is warm");
      assertThat(guessed.outcome()).isEqualTo(Remembered.Outcome.CONFIRMED);
      assertThat(guessed.memory().active()).isFalse();
      assertThat(guessed.memory().id()).isEqualTo(fact.id());
      assertThat(store.memories(5)).isEmpty();
      Remembered said = store.remember(NewMemory.of("The moon is warm"));
      assertThat(said.memory().active()).isTrue();
      assertThat(said.memory().id()).isEqualTo(fact.id());
    }

    @Test
    void comparesWordsOnlyWithoutAnEmbedderAndTells() {
      String same = "Water comes up in the cellar after it rains for two days in the autumn";
      String reordered = "In the autumn water comes up in the cellar after it rains for two days";
      say(same);
      assertThat(store.remember(NewMemory.of(reordered)))
          .satisfies(done -> assertThat(done.confirmed()).isTrue())
          .satisfies(done -> assertThat(done.byMeaning()).isTrue());
      store.close();
      embedder = Optional.empty();
      open();
      String third = "After it rains for two days in the autumn water comes up in the cellar";
      Remembered done = store.remember(NewMemory.of(third));
      assertThat(done.outcome()).isEqualTo(Remembered.Outcome.ADDED);
      assertThat(done.byMeaning()).isFalse();
    }
  }

  @Nested
  class Times {
    @Test
    void aFactIsTrueFromItsBeginningToBeforeItsEnd() {
      Instant may = Instant.parse("2026-05-01T00:00:00Z");
      Instant june = Instant.parse("2026-06-01T00:00:00Z");
      store.remember(NewMemory.of("The pool is heated").valid(Optional.of(may), Optional.of(june)));
      assertThat(facts(MemoryFilter.trueAt(may.minusMillis(1), 5))).isEmpty();
      assertThat(facts(MemoryFilter.trueAt(may, 5))).hasSize(1);
      assertThat(facts(MemoryFilter.trueAt(june.minusMillis(1), 5))).hasSize(1);
      assertThat(facts(MemoryFilter.trueAt(june, 5))).isEmpty();
      assertThat(store.memories(5)).isEmpty();
      assertThatThrownBy(() -> NewMemory.of("x").valid(Optional.of(june), Optional.of(may)))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWasBelievedIsNotWhatIsKnownNow() {
      Instant march = clock.instant();
      Memory bins = say("The bins go out on Monday");
      Memory moon = say("The moon is warm");
      clock.advance(Duration.ofDays(30));
      say("The bins go out on Tuesday");
      corrections.retract(moon.id(), OPERATOR);
      corrections.edit(bins.id(), MemoryEdit.NONE.confidence(0.1), OPERATOR);
      assertThat(facts(MemoryFilter.trueAt(clock.instant(), 5)))
          .containsExactly("The bins go out on Tuesday");
      assertThat(facts(MemoryFilter.trueAt(march, 5)))
          .as("what is known now of then: the moon never was warm")
          .containsExactly("The bins go out on Monday");
      assertThat(store.memories(MemoryFilter.believedAt(march, 5))).containsExactly(moon, bins);
      assertThat(facts(MemoryFilter.believedAt(march.minusSeconds(1), 5))).isEmpty();
    }

    @Test
    void whatWasSaidLongAgoWasBelievedThen() {
      Instant then = Instant.parse("2020-01-01T00:00:00Z");
      store.remember(NewMemory.of("The roof leaks").saidAt(then));
      assertThat(facts(MemoryFilter.believedAt(then, 5))).containsExactly("The roof leaks");
      assertThat(facts(MemoryFilter.believedAt(then.minusMillis(1), 5))).isEmpty();
    }
  }

  @Nested
  class Observations {
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

  @Nested
  class WhenTheJournalIsLost {
    @BeforeEach
    void loseIt() {
      say("The cellar is damp");
      corrections.dispute(say("The moon is warm").id(), MODEL);
      store.close();
      journal = new InMemoryJournal(clock);
    }

    @Test
    void theEventsKeepWhatIsKnown() throws Exception {
      try (Connection file =
          DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("memory.sqlite"))) {
        file.createStatement()
            .executeUpdate("UPDATE meta SET value = '0' WHERE key = 'fold_version'");
      }
      open();
      assertThat(facts(MemoryFilter.everything(5)))
          .containsExactly("The moon is warm", "The cellar is damp");
      assertThat(store.memories(1).get(0).confidence()).isEqualTo(0.7);
      assertThat(store.recall(RecallQuery.of("cellar", 1)).hits()).hasSize(1);
    }

    @Test
    void aWarningSaysWhereTheyAre() {
      try (Database database = Database.open(folder.resolve("memory.sqlite"))) {
        JournalView view = new JournalView(database, journal);
        view.load();
        assertThat(view.warning().orElseThrow())
            .contains("lacks 3 entries", folder.resolve("memory.sqlite").toString());
        JournalView whole = new JournalView(database, new LocalJournal(database, clock));
        assertThat(whole.warning()).isEmpty();
      }
      open();
    }
  }

  @Test
  void aFileOfTheFirstVersionKeepsWhatItHeld() throws Exception {
    Path old = folder.resolve("old.sqlite");
    try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + old)) {
      for (String sql : List.of("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)")) {
        file.createStatement().executeUpdate(sql);
      }
      for (String sql : HistoryTables.VERSION_1) {
        file.createStatement().executeUpdate(sql);
      }
      for (String sql : KnowledgeTables.VERSION_1) {
        file.createStatement().executeUpdate(sql);
      }
      file.createStatement()
          .executeUpdate(
              "INSERT INTO local_journal VALUES (1, 1, '%s', 1, 1000, 'mem.add', '%s')"
                  .formatted("0a".repeat(32), "{\"text\":\"Old news\",\"confidence\":500}"));
      file.createStatement().executeUpdate("PRAGMA application_id = " + 0x536D4D65);
      file.createStatement().executeUpdate("PRAGMA user_version = 1");
    }
    try (MemoryStore alone = MemoryStore.open(old, new WordEmbeddings(8), clock)) {
      assertThat(alone.memories(5)).extracting(Memory::fact).containsExactly("Old news");
      assertThat(alone.remember(NewMemory.of("old news")).memory().timesConfirmed()).isEqualTo(2);
    }
  }

  @Test
  void unknownTypesAreKeptAndNotFolded() throws Exception {
    journal.append(ChainId.KNOWLEDGE, "mem.dream", "{\"memory\":\"x\"}");
    store.catchUp();
    try (Connection file =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("memory.sqlite"));
        var rows = file.createStatement().executeQuery("SELECT type FROM event")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("mem.dream");
    }
    assertThat(store.stats().memories()).isZero();
  }
}
