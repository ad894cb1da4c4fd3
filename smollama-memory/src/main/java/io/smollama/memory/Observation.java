package io.smollama.memory;

import io.smollama.core.EntryId;
import io.smollama.core.SourceId;
import io.smollama.core.TimeCertainty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that a node noticed. Immutable.
 *
 * @param id the journal entry that recorded it
 * @param text what was noticed
 * @param type what kind of thing it is
 * @param confidence 0 to 1
 * @param sources the sources that it is about
 * @param time when it was noticed; empty if the node had no clock
 * @param node the name of the node that noticed
 * @param provenance who noticed
 * @param hidden whether it is retracted or summed up, and so left out of lists
 * @param tags words to find it by
 * @param tainted whether the text comes from somebody who is not to be trusted
 * @param ref the name that whoever recorded it gave it; may be empty
 * @param timeCertainty how well the time is known
 */
public record Observation(
    EntryId id,
    String text,
    ObservationType type,
    double confidence,
    List<SourceId> sources,
    Optional<Instant> time,
    String node,
    Provenance provenance,
    boolean hidden,
    List<String> tags,
    boolean tainted,
    String ref,
    TimeCertainty timeCertainty) {

  public Observation {
    sources = List.copyOf(sources);
    tags = List.copyOf(tags);
  }
}
