package io.smollama.dashboard;

import io.smollama.core.EntryId;
import io.smollama.memory.KnowledgeKind;
import io.smollama.memory.Memory;
import io.smollama.memory.MemoryFilter;
import io.smollama.memory.Observation;
import io.smollama.memory.RecallHit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Observations and facts as the page lists them. Thread-safe. */
final class Findings {
  private final NodeView node;
  private final KnowledgeSearch search;

  Findings(NodeView node, KnowledgeSearch search) {
    this.node = node;
    this.search = search;
  }

  /** Observations: the best for a query, or the latest. */
  List<Finding> observations(ObservationFilter filter) {
    return recalled(search.observations(filter));
  }

  /** Observations and facts, best first. */
  List<Finding> recall(String query, int limit) {
    return recalled(search.all(query, limit));
  }

  /** Facts: the best for a query, or the latest. */
  List<Finding> facts(FactFilter filter) {
    Optional<Instant> asOf = filter.asOf(node.zone(), node.clock().instant());
    if (asOf.isPresent()) {
      return believed(filter, asOf.get());
    }
    return filter.query().isPresent()
        ? recalled(search.facts(filter.query().get(), filter, asOf))
        : node.memory().memories(listed(filter, asOf, filter.limit())).stream()
            .map(this::of)
            .toList();
  }

  /** Search goes by the words of today; what is shown is what stood there then. */
  private List<Finding> believed(FactFilter filter, Instant asOf) {
    Here then = here(Optional.of(asOf));
    int limit = filter.query().isPresent() ? Integer.MAX_VALUE : filter.limit();
    List<Memory> known = node.memory().memories(listed(filter, Optional.of(asOf), limit));
    if (filter.query().isEmpty()) {
      return known.stream().map(fact -> Finding.of(fact, then)).toList();
    }
    Map<EntryId, Memory> byId =
        known.stream().collect(Collectors.toMap(Memory::id, Function.identity()));
    return search.facts(filter.query().get(), filter, Optional.of(asOf)).stream()
        .flatMap(hit -> Optional.ofNullable(byId.get(hit.id())).stream())
        .map(fact -> Finding.of(fact, then))
        .toList();
  }

  private MemoryFilter listed(FactFilter filter, Optional<Instant> asOf, int limit) {
    Optional<Instant> validAt =
        filter.all() ? Optional.empty() : asOf.or(() -> Optional.of(node.clock().instant()));
    return new MemoryFilter(
        !filter.all(), validAt, asOf, Optional.empty(), Optional.empty(), limit);
  }

  /** One observation or fact as it stands; empty if there is none of this id. */
  Optional<Finding> one(EntryId id) {
    return node.memory()
        .memory(id)
        .map(this::of)
        .or(() -> node.memory().observation(id).map(this::of));
  }

  Finding of(Observation noticed) {
    return Finding.of(noticed, here(Optional.empty()));
  }

  Finding of(Memory fact) {
    return Finding.of(fact, here(Optional.empty()));
  }

  Here here(Optional<Instant> asOf) {
    Instant now = node.clock().instant();
    return new Here(node.name(), now, asOf.orElse(now), node.zone());
  }

  private List<Finding> recalled(List<RecallHit> hits) {
    return hits.stream().flatMap(hit -> recalled(hit).stream()).toList();
  }

  private Optional<Finding> recalled(RecallHit hit) {
    Optional<Finding> found =
        hit.kind() == KnowledgeKind.MEMORY
            ? node.memory().memory(hit.id()).map(this::of)
            : node.memory().observation(hit.id()).map(this::of);
    return found.map(finding -> why(hit.why()).map(finding::noted).orElse(finding));
  }

  private static Optional<String> why(RecallHit.Why why) {
    return switch (why) {
      case TEXT -> Optional.of("found by words");
      case MEANING -> Optional.of("found by meaning");
      case BOTH -> Optional.of("found by words and meaning");
      case LATEST -> Optional.empty();
    };
  }
}
