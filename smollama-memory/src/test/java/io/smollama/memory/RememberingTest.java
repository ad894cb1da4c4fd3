package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RememberingTest extends KnowledgeFixture {
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
