package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is true at a time, and what was believed at a time. */
class ValidityTest extends KnowledgeFixture {
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
