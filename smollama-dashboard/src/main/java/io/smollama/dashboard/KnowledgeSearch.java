package io.smollama.dashboard;

import io.smollama.memory.KnowledgeKind;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.ObservationType;
import io.smollama.memory.RecallFilter;
import io.smollama.memory.RecallHit;
import io.smollama.memory.RecallQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds observations and facts for a person who reads: what is far in meaning and shares no word
 * with the query is left out. Thread-safe.
 */
final class KnowledgeSearch {
  /** The nearness from which on {@code Ask} names a memory that shares no word with a question. */
  private static final double RELATED = 0.3;

  private final MemoryStore memory;
  private final InstantSource clock;

  KnowledgeSearch(MemoryStore memory, InstantSource clock) {
    this.memory = memory;
    this.clock = clock;
  }

  /** Observations: the best for a query, or the latest. */
  List<RecallHit> observations(ObservationFilter filter) {
    Optional<Instant> since =
        Optional.of(filter.hours())
            .filter(hours -> hours > 0)
            .map(hours -> clock.instant().minus(Duration.ofHours(hours)));
    RecallFilter which =
        new RecallFilter(
            Set.of(KnowledgeKind.OBSERVATION),
            filter.type().stream().map(ObservationType::word).collect(Collectors.toSet()),
            Set.of(),
            Set.of(),
            since,
            Optional.empty(),
            Optional.empty(),
            0,
            filter.all());
    return related(new RecallQuery(filter.query().orElse(""), filter.limit(), which));
  }

  /** Facts that are true now: the best for a query, or, with none, the latest. */
  List<RecallHit> facts(Optional<String> query, int limit) {
    return related(new RecallQuery(query.orElse(""), limit, Set.of(KnowledgeKind.MEMORY)));
  }

  /** Facts as they stand, or as they stood at the end of a day, best first. */
  List<RecallHit> facts(String query, FactFilter filter, Optional<Instant> asOf) {
    RecallFilter which =
        new RecallFilter(
            Set.of(KnowledgeKind.MEMORY),
            Set.of(),
            Set.of(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            asOf,
            0,
            filter.all());
    return related(new RecallQuery(query, filter.limit(), which));
  }

  /** Observations and facts, best first. */
  List<RecallHit> all(String query, int limit) {
    return related(RecallQuery.of(query, limit));
  }

  private List<RecallHit> related(RecallQuery query) {
    return memory.recall(query).hits().stream()
        .filter(hit -> hit.why() != RecallHit.Why.MEANING || hit.cosine() >= RELATED)
        .toList();
  }
}
