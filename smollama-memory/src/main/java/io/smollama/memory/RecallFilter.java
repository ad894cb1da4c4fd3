package io.smollama.memory;

import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What may be recalled. An empty set lets all pass. What has no time, because its node had no
 * clock, passes every condition on time. Immutable.
 *
 * <p>What is hidden (retracted, forgotten, summed up) or not valid (not yet, or no more) does not
 * pass unless {@code all} is set. Both are judged at {@code asOf}, without one at the time of the
 * recall.
 *
 * @param kinds observations, facts
 * @param types words such as {@code anomaly}, {@code fact}
 * @param nodes names of the nodes that recorded it
 * @param sources what is about at least one of these
 * @param since recorded at or after
 * @param until recorded before
 * @param asOf as it stood then: what was known by then, with the words, the confidence and the
 *     validity that it had then. It is searched for by the words of today
 * @param minConfidence as first stated, confirmations not counted; 0 to 1
 * @param all let pass what is hidden or not valid, too
 */
public record RecallFilter(
    Set<KnowledgeKind> kinds,
    Set<String> types,
    Set<String> nodes,
    Set<SourceId> sources,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<Instant> asOf,
    double minConfidence,
    boolean all) {

  /** All that is shown and valid now. */
  public static final RecallFilter SHOWN =
      new RecallFilter(
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          false);

  public RecallFilter {
    kinds = Set.copyOf(kinds);
    types = Set.copyOf(types);
    nodes = Set.copyOf(nodes);
    sources = Set.copyOf(sources);
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(until, "until");
    Objects.requireNonNull(asOf, "asOf");
    KnowledgeText.requireShare("minimum confidence", minConfidence);
  }

  /** The same, with what is hidden or not valid. */
  RecallFilter withAll() {
    return new RecallFilter(kinds, types, nodes, sources, since, until, asOf, minConfidence, true);
  }

  /** The same, for these kinds only. */
  public RecallFilter ofKinds(Set<KnowledgeKind> only) {
    return new RecallFilter(only, types, nodes, sources, since, until, asOf, minConfidence, all);
  }
}
