package io.smollama.dashboard;

import io.smollama.core.EntryId;
import io.smollama.core.SourceId;
import io.smollama.memory.KnowledgeKind;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.Observation;
import io.smollama.memory.RecallHit;
import io.smollama.memory.RecallQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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
  List<Noticed> observations(ObservationFilter filter) {
    Instant since =
        filter.hours() == 0
            ? Instant.EPOCH
            : clock.instant().minus(Duration.ofHours(filter.hours()));
    if (filter.query().isEmpty()) {
      return memory.observations(filter.type(), since, filter.limit()).stream()
          .map(Noticed::of)
          .toList();
    }
    boolean all = filter.type().isPresent() || filter.hours() > 0;
    int candidates = all ? ObservationFilter.MOST : filter.limit();
    List<RecallHit> hits =
        recall(filter.query().get(), candidates, KnowledgeKind.OBSERVATION).stream()
            .filter(hit -> filter.type().map(type -> type.word().equals(hit.type())).orElse(true))
            .filter(hit -> hit.time().map(time -> !time.isBefore(since)).orElse(true))
            .limit(filter.limit())
            .toList();
    Map<EntryId, List<SourceId>> sources = sources(hits);
    return hits.stream()
        .map(hit -> Noticed.of(hit, sources.getOrDefault(hit.id(), List.of())))
        .toList();
  }

  /** Facts: the best for a query, or, with none, the latest. */
  List<RecallHit> facts(Optional<String> query, int limit) {
    return recall(query.orElse(""), limit, KnowledgeKind.MEMORY);
  }

  /** Observations and facts, best first. */
  List<RecallHit> all(String query, int limit) {
    return memory.recall(RecallQuery.of(query, limit)).hits().stream()
        .filter(KnowledgeSearch::isRelated)
        .toList();
  }

  private List<RecallHit> recall(String query, int limit, KnowledgeKind kind) {
    return memory.recall(new RecallQuery(query, limit, Set.of(kind))).hits().stream()
        .filter(KnowledgeSearch::isRelated)
        .toList();
  }

  private static boolean isRelated(RecallHit hit) {
    return hit.why() != RecallHit.Why.MEANING || hit.cosine() >= RELATED;
  }

  /** A hit does not hold the sources that it is about; the observation does. */
  private Map<EntryId, List<SourceId>> sources(List<RecallHit> hits) {
    Instant oldest =
        hits.stream()
            .map(hit -> hit.time().orElse(Instant.EPOCH))
            .min(Instant::compareTo)
            .orElse(Instant.EPOCH);
    return hits.isEmpty()
        ? Map.of()
        : memory.observations(Optional.empty(), oldest, ObservationFilter.MOST).stream()
            .collect(Collectors.toMap(Observation::id, Observation::sources));
  }
}
