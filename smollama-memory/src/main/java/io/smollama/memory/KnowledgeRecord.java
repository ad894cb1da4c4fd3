package io.smollama.memory;

import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An observation or a fact on its way from one memory to another, with all that is known of it.
 * Immutable.
 *
 * @param key names it wherever it goes, so that it arrives once: the id that it had where it was
 *     first recorded; empty if it never had one
 * @param kind observation or memory
 * @param text the observation or the fact; not blank
 * @param type what kind of observation; {@link ObservationType#GENERAL} for a memory
 * @param confidence 0 to 1, what its confirmations have added included
 * @param timesConfirmed how often it was said, at least 1; 1 for an observation
 * @param active false if it was retracted or is hidden
 * @param time when it was noticed or first said; empty for the moment of its arrival
 * @param sources the sources that it is about
 * @param tags words to find it by
 * @param ref the caller's own id, given back by every hit
 * @param node the node that recorded it; empty for the one where it arrives
 * @param provenance who said it
 * @param tainted whether words of a stranger had a part in it
 * @param validFrom from when on it is true; empty for always
 * @param validUntil until when it was true; empty for always
 */
public record KnowledgeRecord(
    Optional<String> key,
    KnowledgeKind kind,
    String text,
    ObservationType type,
    double confidence,
    int timesConfirmed,
    boolean active,
    Optional<Instant> time,
    List<SourceId> sources,
    List<String> tags,
    Optional<String> ref,
    Optional<String> node,
    Provenance provenance,
    boolean tainted,
    Optional<Instant> validFrom,
    Optional<Instant> validUntil)
    implements ArchiveLine {

  public KnowledgeRecord {
    Objects.requireNonNull(kind, "kind");
    text = KnowledgeText.require("A text", text);
    Objects.requireNonNull(type, "type");
    KnowledgeText.requireShare("confidence", confidence);
    if (timesConfirmed < 1) {
      throw new IllegalArgumentException(
          "What was said was said at least once, was %d times".formatted(timesConfirmed));
    }
    sources = List.copyOf(sources);
    tags = KnowledgeText.requireTags(tags);
    ref = ref.map(name -> KnowledgeText.requireAtMost("A ref", name));
    KnowledgeText.requireOrder(validFrom, validUntil);
    time.ifPresent(then -> KnowledgeText.requireTime("time", then));
    Objects.requireNonNull(provenance, "provenance");
  }

  @Override
  public String json() {
    return KnowledgeJson.write(this);
  }
}
