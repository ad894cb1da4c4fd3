package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.smollama.core.EntryId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactCorrectionsTest extends KnowledgeFixture {
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
    assertThat(now.confidence()).isCloseTo(fact.confidence() + 20 * 0.05 - 11 * 0.1, within(1e-9));
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
    sql("UPDATE item SET entry = '%s' WHERE entry = '%s'".formatted(twin, other.id().hex()));
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
