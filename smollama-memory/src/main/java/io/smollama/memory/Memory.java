package io.smollama.memory;

import io.smollama.core.EntryId;
import io.smollama.core.TimeCertainty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A fact that stays. Immutable.
 *
 * @param id the journal entry that first stated it
 * @param fact the fact
 * @param confidence 0 to 1; grows with each confirmation, falls with each dispute
 * @param timesConfirmed how often it was said, the first time included
 * @param time when it was first said; empty if the node had no clock
 * @param node the name of the node where it was first said
 * @param provenance who said it first
 * @param active false once it is retracted and not restored
 * @param validFrom since when it is true; empty for always
 * @param validTo since when it is true no more, that moment included; empty for never; 1970 if
 *     nobody knows when it ended
 * @param tags words to find it by
 * @param tainted whether the words come from somebody who is not to be trusted
 * @param ref the name that whoever stated it gave it; may be empty
 * @param timeCertainty how well the time is known
 */
public record Memory(
    EntryId id,
    String fact,
    double confidence,
    int timesConfirmed,
    Optional<Instant> time,
    String node,
    Provenance provenance,
    boolean active,
    Optional<Instant> validFrom,
    Optional<Instant> validTo,
    List<String> tags,
    boolean tainted,
    String ref,
    TimeCertainty timeCertainty) {

  public Memory {
    tags = List.copyOf(tags);
  }

  /** Whether it is, was or will be true at a time, retracted or not. */
  public boolean validAt(Instant time) {
    return validFrom.map(from -> !time.isBefore(from)).orElse(true)
        && validTo.map(time::isBefore).orElse(true);
  }
}
