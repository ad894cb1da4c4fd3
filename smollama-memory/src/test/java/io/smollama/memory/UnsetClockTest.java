package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a machine says of facts whose clock says 1970 because nobody set it. */
class UnsetClockTest extends KnowledgeFixture {
  private static final Instant STARTED = Instant.parse("1970-01-01T00:05:00Z");
  private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void whatContradictsAFactEndsItNoEarlierThanItWasSaid() {
    Memory monday = say("The bins go out on Monday");
    Memory friday = without("The bins go out on Friday");
    assertThat(fact(monday).validTo()).isEqualTo(monday.time());
    assertThat(friday.validFrom()).as("nobody knows since when").isEmpty();
    assertThat(facts(MemoryFilter.trueAt(clock.instant(), 5)))
        .containsExactly("The bins go out on Friday");
  }

  @Test
  void aFactThatBeganAtAKnownTimeEndsNoEarlier() {
    say("The bins go out on Monday");
    clock.advance(Duration.ofDays(1));
    Memory tuesday = say("The bins go out on Tuesday");
    without("The bins go out on Friday");
    Memory ended = fact(tuesday);
    assertThat(ended.validFrom()).isPresent();
    assertThat(ended.validTo().orElseThrow()).isAfterOrEqualTo(ended.validFrom().orElseThrow());
    assertThat(facts(MemoryFilter.trueAt(clock.instant(), 5)))
        .containsExactly("The bins go out on Friday");
  }

  @Test
  void anEndThatIsKnownStays() {
    Memory monday = say("The bins go out on Monday");
    clock.advance(Duration.ofDays(1));
    say("The bins go out on Tuesday");
    Memory ended = fact(monday);
    Instant now = clock.instant();
    set(STARTED);
    store.remember(NewMemory.of("The bins go out on Friday").replacing(monday.id()));
    set(now);
    assertThat(fact(monday).validTo()).isEqualTo(ended.validTo());
  }

  @Test
  void aPersonWhoEndsAFactThereEndsItWhenItWasSaid() {
    Memory monday = say("The bins go out on Monday");
    Instant now = clock.instant();
    set(STARTED);
    corrections.edit(monday.id(), MemoryEdit.NONE.validTo(clock.instant()), OPERATOR);
    set(now);
    assertThat(fact(monday).validTo()).isEqualTo(monday.time());
    assertThat(facts(MemoryFilter.trueAt(now, 5))).isEmpty();
  }

  @Test
  void whoKnowsTheTimeMaySayThatSomethingEndedIn1970() {
    Instant april = Instant.parse("1970-04-10T00:00:00Z");
    Memory band = say("The four of them play together");
    corrections.edit(band.id(), MemoryEdit.NONE.validTo(april), OPERATOR);
    assertThat(fact(band).validTo()).contains(april);
  }

  @Test
  void anEndBeforeTheBeginIsTheBegin() {
    Memory pool = say("The pool is heated");
    corrections.edit(pool.id(), MemoryEdit.NONE.validTo(BEFORE), OPERATOR);
    corrections.edit(pool.id(), MemoryEdit.NONE.validFrom(clock.instant()), OPERATOR);
    assertThat(fact(pool).validTo()).contains(clock.instant());
    assertThat(facts(MemoryFilter.trueAt(BEFORE.minusSeconds(1), 5))).isEmpty();
    assertThat(facts(MemoryFilter.trueAt(clock.instant(), 5))).isEmpty();
  }

  private Memory without(String fact) {
    Instant now = clock.instant();
    set(STARTED);
    Memory said = say(fact);
    set(now);
    return said;
  }

  private void set(Instant time) {
    clock.advance(Duration.between(clock.instant(), time));
  }

  private Memory fact(Memory memory) {
    return store.memory(memory.id()).orElseThrow();
  }
}
