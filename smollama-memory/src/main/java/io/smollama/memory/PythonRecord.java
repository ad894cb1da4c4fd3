package io.smollama.memory;

import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What Smollama for Python knows of an observation or a fact; it keeps no tags and no validity. */
final class PythonRecord {
  private PythonRecord() {}

  /**
   * A record of it.
   *
   * @param key the same for the same row, however often it is read
   * @param type one of the words for observations, anything else for a memory
   * @param confidence in whatever bounds
   * @param timesConfirmed 0 if it was said once
   */
  static KnowledgeRecord of(
      String key,
      KnowledgeKind kind,
      String text,
      String type,
      double confidence,
      int timesConfirmed,
      boolean active,
      Instant time,
      List<SourceId> sources,
      String node) {
    return new KnowledgeRecord(
        Optional.of(key),
        kind,
        text,
        ObservationType.ofWord(type).orElse(ObservationType.GENERAL),
        Math.max(0, Math.min(1, confidence)),
        Math.max(1, timesConfirmed),
        active,
        Optional.of(time),
        sources,
        List.of(),
        Optional.empty(),
        Optional.of(node),
        Provenance.MODEL,
        false,
        Optional.empty(),
        Optional.empty());
  }
}
