/**
 * Remembering: the history of readings, observations and facts in one SQLite file, found by words
 * and by meaning. No service, no thread but one that fills in missing vectors.
 *
 * <p>Start with {@link io.smollama.memory.MemoryStore}; then {@link
 * io.smollama.memory.ReadingHistory}, {@link io.smollama.memory.Observation}, {@link
 * io.smollama.memory.Memory} and {@link io.smollama.memory.RecallHit}. A {@link
 * io.smollama.memory.ReadingShare} puts readings into a journal that others get.
 *
 * <pre>{@code
 * try (MemoryStore store = MemoryStore.open(Path.of("house.sqlite"), embedder, clock)) {
 *   store.remember(NewMemory.of("The cellar floods when it rains for two days"));
 *   store.recall(RecallQuery.of("is it damp downstairs", 5));
 * }
 * }</pre>
 *
 * <p>Knowledge is journal first: an observation or a fact is appended to a {@link
 * io.smollama.core.Journal}, kept here as an event, and folded into rows that can be made anew from
 * the events at any time. {@link io.smollama.memory.Corrections} add events, and delete none.
 */
@NullMarked
package io.smollama.memory;

import org.jspecify.annotations.NullMarked;
