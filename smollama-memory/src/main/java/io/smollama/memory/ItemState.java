package io.smollama.memory;

import io.smollama.core.DatedTime;
import io.smollama.core.EntryId;
import io.smollama.core.ReplicaId;
import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An observation or a fact as its events leave it: one row of the table {@code item}.
 *
 * @param entry the entry that brought it into being; of merged facts the first
 * @param type what kind of observation, {@code fact} for a fact
 * @param confidence permille, after all that was said for and against it
 * @param confirmed how often it was said
 * @param when when it was said, and how well that is known
 * @param node the name of the node where it was first said; empty if nobody named it
 * @param hiddenFrom since when it is retracted, inactive or summed up; 1970 if nobody knows
 */
record ItemState(
    EntryId entry,
    KnowledgeKind kind,
    String type,
    String text,
    int confidence,
    int confirmed,
    DatedTime when,
    long lamport,
    ReplicaId origin,
    String node,
    List<String> sources,
    String provenance,
    Optional<Instant> hiddenFrom,
    Optional<Instant> validFrom,
    Optional<Instant> validTo,
    boolean tainted,
    String ref,
    List<String> tags) {

  /** The same of the node of this name. */
  ItemState ofNode(String name) {
    return new ItemState(
        entry,
        kind,
        type,
        text,
        confidence,
        confirmed,
        when,
        lamport,
        origin,
        name,
        sources,
        provenance,
        hiddenFrom,
        validFrom,
        validTo,
        tainted,
        ref,
        tags);
  }

  /** When it was said; empty if nobody knows. */
  Optional<Instant> time() {
    return when.time();
  }

  Memory memory() {
    return new Memory(
        entry,
        text,
        confidence / 1000.0,
        confirmed,
        time(),
        node,
        from(),
        hiddenFrom.isEmpty(),
        validFrom,
        validTo,
        tags,
        tainted,
        ref,
        when.certainty());
  }

  Observation observation() {
    return new Observation(
        entry,
        text,
        ObservationType.ofWord(type).orElse(ObservationType.GENERAL),
        confidence / 1000.0,
        sourceIds(),
        time(),
        node,
        from(),
        hiddenFrom.isPresent(),
        tags,
        tainted,
        ref,
        when.certainty());
  }

  /** Whether it is shown and true at a time. */
  boolean stands(Instant time) {
    return hiddenFrom.map(time::isBefore).orElse(true)
        && validFrom.map(from -> !time.isBefore(from)).orElse(true)
        && validTo.map(time::isBefore).orElse(true);
  }

  RecallHit hit(RecallSearch.Ranked ranked) {
    return new RecallHit(
        entry,
        kind,
        type,
        text,
        confidence / 1000.0,
        confirmed,
        time(),
        node,
        ref,
        sourceIds(),
        validFrom,
        validTo,
        hiddenFrom,
        Math.max(0, Math.min(1, ranked.score())),
        ranked.cosine(),
        ranked.why(),
        when.certainty());
  }

  /** The sources that this version can name. */
  List<SourceId> sourceIds() {
    return sources.stream().flatMap(source -> source(source).stream()).toList();
  }

  private Provenance from() {
    return Provenance.ofWord(provenance).orElse(Provenance.MODEL);
  }

  /** Another node may have sources that this version cannot name. */
  static Optional<SourceId> source(String text) {
    try {
      return Optional.of(SourceId.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
