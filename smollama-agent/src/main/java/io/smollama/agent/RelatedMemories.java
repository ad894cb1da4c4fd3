package io.smollama.agent;

import io.smollama.memory.KnowledgeKind;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.RecallFilter;
import io.smollama.memory.RecallHit;
import io.smollama.memory.RecallQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the observations and facts that a question may be about. Thread-safe. */
final class RelatedMemories {
  private static final int MOST = 5;

  /** Memories below this cosine that share no word are not named in the answer. */
  private static final double RELATED = 0.3;

  /** The same where no source is as near. */
  private static final double PERHAPS_RELATED = 0.15;

  private final MemoryStore store;

  RelatedMemories(MemoryStore store) {
    this.store = store;
  }

  /** As things stand now; none if nothing shares a word or is near enough. */
  List<RecallHit> now(String question, List<GroundedReading> sources) {
    return related(question, RecallFilter.SHOWN, sources).stream()
        .filter(hit -> hit.why() != RecallHit.Why.LATEST)
        .toList();
  }

  /** Observations of a span, facts as they stood at its end, and facts that were said later. */
  List<RecallHit> then(String question, AskedTime span, List<GroundedReading> sources) {
    List<RecallHit> found = new ArrayList<>();
    Optional<Instant> end = Optional.of(span.to().minusMillis(1));
    found.addAll(
        related(
            question,
            filter(
                KnowledgeKind.OBSERVATION, Optional.of(span.from()), Optional.of(span.to()), end),
            sources));
    found.addAll(
        worded(
            question,
            filter(KnowledgeKind.MEMORY, Optional.empty(), Optional.empty(), end),
            sources));
    found.addAll(
        worded(
            question,
            filter(
                KnowledgeKind.MEMORY, Optional.of(span.to()), Optional.empty(), Optional.empty()),
            sources));
    return found.stream().limit(MOST).toList();
  }

  private List<RecallHit> worded(
      String question, RecallFilter filter, List<GroundedReading> sources) {
    return related(question, filter, sources).stream()
        .filter(hit -> hit.why() != RecallHit.Why.LATEST)
        .toList();
  }

  private static RecallFilter filter(
      KnowledgeKind kind,
      Optional<Instant> since,
      Optional<Instant> until,
      Optional<Instant> asOf) {
    return new RecallFilter(
        Set.of(kind), Set.of(), Set.of(), Set.of(), since, until, asOf, 0, false);
  }

  /** Those that share words, are near enough, or are nearer than any source and not far off. */
  private List<RecallHit> related(
      String question, RecallFilter filter, List<GroundedReading> sources) {
    double nearest = sources.isEmpty() ? 0 : sources.get(0).score();
    double enough = Math.min(RELATED, Math.max(nearest, PERHAPS_RELATED));
    return store.recall(new RecallQuery(question, MOST, filter)).hits().stream()
        .filter(hit -> hit.why() != RecallHit.Why.MEANING || hit.cosine() >= enough)
        .toList();
  }
}
