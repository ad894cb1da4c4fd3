package io.smollama.agent;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.EmbeddingProvider;
import io.smollama.core.EntryId;
import io.smollama.core.Reading;
import io.smollama.memory.Corrections;
import io.smollama.memory.MemoryConfig;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewMemory;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.ScriptedChatModel;
import io.smollama.testkit.WordEmbeddings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions about a time that is past; the clock begins on Sunday, 2026-03-01, at noon. */
class AskOfThenTest {
  private static final String KITCHEN = "mqtt:kitchen/temperature";

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final EmbeddingProvider words = new WordEmbeddings(1024);
  private final ScriptedChatModel model = new ScriptedChatModel("The kitchen has 21.3 °C.");
  private MemoryStore store;

  @BeforeEach
  void open() {
    store =
        MemoryStore.open(
            folder.resolve("memory.sqlite"),
            new InMemoryJournal(clock),
            Optional.of(words),
            clock,
            new MemoryStore.Settings("pi", MemoryConfig.defaults()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "on 2026-02-28", "last Saturday", "on 28 February"})
  void aDayIsAnsweredFromItsReadingsAndNoModelIsAsked(String when) {
    warm("2026-02-28T08:00:00Z", 18, 19, 20);
    warm("2026-03-01T11:59:00Z", 25);
    Answer answer = ask("How warm was the kitchen " + when + "?");
    assertThat(answer.text())
        .startsWith("About ")
        .contains("2026-02-28")
        .contains(KITCHEN + " mean 19 °C, min 18 °C, max 20 °C (3 readings)")
        .doesNotContain("25");
    assertThat(answer.time().orElseThrow().from()).isEqualTo("2026-02-28T00:00:00Z");
    assertThat(model.asked()).isEmpty();
  }

  @Test
  void anHourOfADayHasTheReadingsOfThatHour() {
    warm("2026-02-28T11:59:00Z", 18, 19);
    warm("2026-02-28T18:00:00Z", 25);
    assertThat(ask("how warm was the kitchen yesterday at noon").text())
        .startsWith("About yesterday at noon (2026-02-28 11:30 to 12:30).")
        .contains("mean 18.5 °C, min 18 °C, max 19 °C (2 readings)");
  }

  @Test
  void aSwitchTellsForHowLongItWasOn() {
    store
        .readings()
        .append(
            List.of(
                Reading.of("door:front", false, Instant.parse("2026-02-28T00:00:00Z")),
                Reading.of("door:front", true, Instant.parse("2026-02-28T20:00:00Z"))));
    assertThat(ask("was the front door open yesterday").text())
        .contains("door:front off for 20 h, on for 4 h (2 readings)");
  }

  @Test
  void silenceIsSaid() {
    warm("2026-02-27T22:00:00Z", 18);
    assertThat(ask("how warm was the kitchen yesterday").text())
        .contains(KITCHEN + " said nothing then; last before: 18 °C, 2 h earlier");
  }

  @Test
  void oneReadingIsOneReading() {
    warm("2026-02-28T22:00:00Z", 18);
    assertThat(ask("how warm was the kitchen yesterday").text()).contains("(1 reading)");
  }

  @Test
  void factsAreThoseOfThenAndWhatWasSaidSinceFollows() {
    store.remember(NewMemory.of("The bins go out on Monday"));
    store.observe(NewObservation.of("bins were rattling", ObservationType.GENERAL, List.of()));
    clock.advance(Duration.ofDays(3));
    store.remember(NewMemory.of("The bins go out on Tuesday"));
    store.observe(NewObservation.of("bins fell over", ObservationType.GENERAL, List.of()));
    assertThat(ask("what was it with the bins 3 days ago").text())
        .containsSubsequence("bins were rattling", "on Monday", "on Tuesday", "said since")
        .doesNotContain("fell over");
  }

  @Test
  void whatWasRetractedSinceWasKnownThen() {
    EntryId haunted = store.remember(NewMemory.of("The kitchen is haunted")).memory().id();
    clock.advance(Duration.ofDays(1));
    store.corrections().retract(haunted, Corrections.By.OPERATOR);
    assertThat(ask("is the kitchen haunted").text()).doesNotContain("is haunted");
    assertThat(ask("was the kitchen haunted yesterday").text()).contains("is haunted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"at Christmas", "the other day", "on 2/11/2026"})
  void aTimeThatIsNotUnderstoodIsToldAndNowIsAnswered(String when) {
    warm("2026-03-01T11:59:48Z", 21.3);
    Answer answer = ask("How warm was the kitchen " + when + "?");
    assertThat(answer.text())
        .startsWith("The question sounds like the past, but names no time that is understood")
        .contains(KITCHEN + " 21.3 °C, 12 s ago");
    assertThat(answer.time()).isEmpty();
    assertThat(model.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"today", "on 2026-03-01", "on 2026-02-31", "on Monday"})
  void otherDaysAreAnsweredAsEver(String when) {
    warm("2026-03-01T11:59:48Z", 21.3);
    Answer answer = ask("How warm is the kitchen " + when + "?");
    assertThat(answer.model()).isPresent();
    assertThat(answer.text()).contains(KITCHEN + " 21.3 °C, 12 s ago");
  }

  @Test
  void nothingKnownIsSaid() {
    assertThat(ask("how warm was it yesterday").text()).startsWith("Nothing is known yet");
  }

  private void warm(String from, double... degrees) {
    List<Reading> readings = new ArrayList<>();
    Instant time = Instant.parse(from);
    for (double number : degrees) {
      readings.add(Reading.of(KITCHEN, number, "celsius", time));
      time = time.plusSeconds(60);
    }
    store.readings().append(readings);
  }

  private Answer ask(String question) {
    return new Ask(store, List::of, Optional.of(words), Optional.of(model), clock, UTC)
        .ask(question);
  }
}
