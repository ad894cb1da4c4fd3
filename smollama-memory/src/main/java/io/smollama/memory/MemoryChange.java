package io.smollama.memory;

import io.smollama.core.EntryId;
import io.smollama.core.TimeCertainty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened to a fact, for a person to read. Immutable.
 *
 * @param entry the journal entry that tells it
 * @param time when; empty if the node had no clock
 * @param node the name of the node where it happened; its replica id if it gave no name
 * @param provenance who did it; empty if the entry does not say
 * @param what what happened, in a few plain words; may quote what was said
 * @param others the other facts it is about: the one that took its place, or those whose place it
 *     took
 * @param timeCertainty how well the time is known
 */
public record MemoryChange(
    EntryId entry,
    Optional<Instant> time,
    String node,
    Optional<Provenance> provenance,
    String what,
    List<EntryId> others,
    TimeCertainty timeCertainty) {

  public MemoryChange {
    others = List.copyOf(others);
  }
}
