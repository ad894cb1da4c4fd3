package io.smollama.dashboard;

import io.smollama.core.SourceId;
import io.smollama.memory.Observation;
import io.smollama.memory.RecallHit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An observation, whether it was recalled or is among the latest. */
record Noticed(
    String id,
    String text,
    String type,
    double confidence,
    List<SourceId> sources,
    Optional<Instant> time,
    String node) {

  static Noticed of(Observation observation) {
    return new Noticed(
        observation.id().hex(),
        observation.text(),
        observation.type().word(),
        observation.confidence(),
        observation.sources(),
        observation.time(),
        observation.node());
  }

  static Noticed of(RecallHit hit, List<SourceId> sources) {
    return new Noticed(
        hit.id().hex(), hit.text(), hit.type(), hit.confidence(), sources, hit.time(), hit.node());
  }
}
