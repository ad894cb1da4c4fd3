package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.JournalEntry;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.WordEmbeddings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recall as of a time shows what was believed then, not what is known now. */
class BelievedRecallTest {
  private static final Corrections.By OPERATOR = Corrections.By.OPERATOR;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private MemoryStore store;
  private Corrections corrections;

  @BeforeEach
  void open() {
    store =
        MemoryStore.open(
            folder.resolve("memory.sqlite"),
            new InMemoryJournal(clock),
            Optional.of(new WordEmbeddings(128)),
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

  private List<RecallHit> asOf(Instant time, String words, int limit) {
    return asOf(time, words, limit, false);
  }

  private List<RecallHit> asOf(Instant time, String words, int limit, boolean all) {
    RecallFilter filter =
        new RecallFilter(
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(time),
            0,
            all);
    return store.recall(new RecallQuery(words, limit, filter)).hits();
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"bins", ""})
  void aFactHasTheWordsTheConfidenceAndTheValidityOfThen(String words) {
    Instant march = clock.instant();
    Memory bins = say("The bins go out on Mondy");
    clock.advance(Duration.ofDays(30));
    MemoryEdit edit = MemoryEdit.NONE.fact("The bins go out on Friday").confidence(0.1);
    corrections.edit(bins.id(), edit.validFrom(clock.instant()), OPERATOR);
    corrections.confirm(bins.id(), OPERATOR);

    RecallHit then = asOf(march, words, 5).get(0);
    assertThat(then.text()).isEqualTo("The bins go out on Mondy");
    assertThat(then.confidence()).isEqualTo(bins.confidence());
    assertThat(then.timesConfirmed()).isEqualTo(1);
    assertThat(then.validFrom()).isEmpty();
    RecallHit now = asOf(clock.instant(), words, 5).get(0);
    assertThat(now.text()).isEqualTo("The bins go out on Friday");
    assertThat(now.validFrom()).contains(clock.instant());
  }

  @Test
  void whatWasReplacedOrRetractedLaterStoodThenWithoutEnd() {
    Instant march = clock.instant();
    say("The bins go out on Monday");
    Memory moon = say("The moon is warm");
    clock.advance(Duration.ofDays(30));
    say("The bins go out on Tuesday");
    corrections.retract(moon.id(), OPERATOR);
    RecallHit then = asOf(march, "bins", 1).get(0);
    assertThat(then.text()).isEqualTo("The bins go out on Monday");
    assertThat(then.validTo()).isEmpty();
    assertThat(asOf(march, "moon", 5)).extracting(RecallHit::id).contains(moon.id());
    assertThat(asOf(clock.instant(), "moon", 5))
        .extracting(RecallHit::id)
        .doesNotContain(moon.id(), then.id());
    assertThat(asOf(clock.instant(), "moon", 5, true))
        .extracting(RecallHit::id)
        .contains(moon.id(), then.id());
    assertThat(asOf(march.minusMillis(1), "moon bins", 5, true)).isEmpty();
  }

  @Test
  void whatStoodThenIsFoundBehindMuchThatDidNot() {
    Memory last = say("One key hangs by the door");
    for (int i = 0; i < 20; i++) {
      corrections.retract(say("Key number %d is the key key key".formatted(i)).id(), OPERATOR);
    }
    Instant then = clock.instant();
    clock.advance(Duration.ofDays(1));
    corrections.retract(last.id(), OPERATOR);
    assertThat(asOf(then, "key", 2)).extracting(RecallHit::id).containsExactly(last.id());
    assertThat(asOf(then, "key", 2, true)).hasSize(2);
  }

  @Test
  void anObservationThatWasSummedUpLaterWasShownThen() {
    Observation seen =
        store.observe(NewObservation.of("The fan is loud", ObservationType.GENERAL, List.of()));
    Instant then = clock.instant();
    clock.advance(Duration.ofDays(1));
    corrections.summarise(
        NewObservation.of("Loud fans", ObservationType.SUMMARY, List.of()), List.of(seen.id()));
    assertThat(asOf(then, "fan", 5)).extracting(RecallHit::id).containsExactly(seen.id());
    assertThat(asOf(clock.instant(), "fan", 5)).extracting(RecallHit::id).doesNotContain(seen.id());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void oneFactFoldedAloneIsWhatAllFoldedTogetherMakeOfIt(long seed) {
    List<JournalEntry> entries = new RandomEntries(seed).make(120);
    try (Database database = Database.open(folder.resolve("views.sqlite"))) {
      database.write(connection -> KnowledgeFold.apply(connection, entries));
      for (int after = 0; after <= 1_000; after += 100) {
        Instant time = Instant.ofEpochMilli(1_000_000 + after);
        Map<Object, ItemState> all =
            database
                .<List<MemoryFold.Fact>>read(c -> MemoryFold.all(KnownEvents.at(c, time)))
                .stream()
                .map(MemoryFold.Fact::state)
                .collect(Collectors.toMap(ItemState::entry, state -> state));
        for (ItemState state : all.values()) {
          List<ItemState> alone =
              database.read(c -> new ItemFold(c, Optional.of(time)).folded(state.entry()));
          ItemState named = database.read(c -> NodeNames.named(c, state));
          assertThat(alone).as("seed %d at %s", seed, time).contains(named);
        }
      }
    }
  }
}
