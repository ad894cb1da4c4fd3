package io.smollama.memory;

import java.time.Instant;
import java.util.Optional;

/**
 * Which facts are to be listed. Immutable.
 *
 * @param activeOnly without those that are retracted
 * @param validAt only what is true at this time; empty for any time
 * @param believedAt as the facts stood at this time, by what was known then; empty for now. An
 *     entry is known from the time that it names on, else from when it was written. One that was
 *     written without a clock counts from the earliest later time in its chain, and always if there
 *     is none
 * @param tag only with this tag
 * @param node only of the node of this name
 * @param limit the most to return, at least 1
 */
public record MemoryFilter(
    boolean activeOnly,
    Optional<Instant> validAt,
    Optional<Instant> believedAt,
    Optional<String> tag,
    Optional<String> node,
    int limit) {

  public MemoryFilter {
    if (limit < 1) {
      throw new IllegalArgumentException("A list has at least 1 fact, was asked for " + limit);
    }
  }

  /** Every fact, retracted and past ones too. */
  public static MemoryFilter everything(int limit) {
    return new MemoryFilter(
        false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
  }

  /** What is true at a time, as far as is known now. */
  public static MemoryFilter trueAt(Instant time, int limit) {
    return new MemoryFilter(
        true, Optional.of(time), Optional.empty(), Optional.empty(), Optional.empty(), limit);
  }

  /** What was believed at a time to be true at that time. */
  public static MemoryFilter believedAt(Instant time, int limit) {
    return new MemoryFilter(
        true, Optional.of(time), Optional.of(time), Optional.empty(), Optional.empty(), limit);
  }

  /** This, with a tag. */
  public MemoryFilter tagged(String word) {
    return new MemoryFilter(activeOnly, validAt, believedAt, Optional.of(word), node, limit);
  }

  /** This, of one node. */
  public MemoryFilter ofNode(String name) {
    return new MemoryFilter(activeOnly, validAt, believedAt, tag, Optional.of(name), limit);
  }

  boolean accepts(Memory memory) {
    return (memory.active() || !activeOnly)
        && validAt.map(memory::validAt).orElse(true)
        && tag.map(memory.tags()::contains).orElse(true)
        && node.map(memory.node()::equals).orElse(true);
  }
}
