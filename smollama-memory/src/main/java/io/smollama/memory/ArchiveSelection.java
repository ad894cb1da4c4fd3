package io.smollama.memory;

import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which part of a memory an export takes. Immutable.
 *
 * @param kinds which kinds of lines
 * @param type of observations only this type; empty for all
 * @param source only what is about, or was measured by, sources of this pattern, {@code *} standing
 *     for any characters; empty for all
 * @param since only what was noticed, said or measured at or after; what has no time counts as old
 * @param until only what was before; what has no time counts as old
 */
public record ArchiveSelection(
    Set<Kind> kinds,
    Optional<ObservationType> type,
    Optional<String> source,
    Instant since,
    Instant until) {

  /** The kinds of lines. */
  public enum Kind {
    OBSERVATION,
    MEMORY,
    READING
  }

  public ArchiveSelection {
    kinds = Set.copyOf(kinds);
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("An export has at least one kind of lines");
    }
  }

  /** Everything. */
  public static ArchiveSelection everything() {
    return of(EnumSet.allOf(Kind.class));
  }

  /** All of some kinds. */
  public static ArchiveSelection of(Set<Kind> kinds) {
    return new ArchiveSelection(
        kinds, Optional.empty(), Optional.empty(), Instant.MIN, Instant.MAX);
  }

  boolean takes(ItemState item) {
    Instant time = item.time().orElse(Instant.MIN);
    boolean observation = item.kind() == KnowledgeKind.OBSERVATION;
    return kinds.contains(observation ? Kind.OBSERVATION : Kind.MEMORY)
        && type.map(wanted -> observation && wanted.word().equals(item.type())).orElse(true)
        && (source.isEmpty() || item.sourceIds().stream().anyMatch(this::takes))
        && !time.isBefore(since)
        && time.isBefore(until);
  }

  boolean takes(SourceId about) {
    return source.map(pattern -> SourcePattern.matches(pattern, about)).orElse(true);
  }
}
