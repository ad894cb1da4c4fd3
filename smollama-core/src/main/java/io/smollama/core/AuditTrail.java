package io.smollama.core;

import java.util.List;
import java.util.Optional;

/**
 * Keeps what was done to outputs, by whom and why, for ever.
 *
 * <p>Implementations have a record on durable storage before {@link #record} returns, and throw a
 * {@link SmollamaException} if they cannot. Thread-safe.
 */
public interface AuditTrail {
  /** Keeps a record. */
  void record(ActRecord record);

  /**
   * The records of this node made last, newest first.
   *
   * @param target only of this output; empty for all
   * @param limit the most to return, at least 1
   */
  List<ActRecord> latest(Optional<SourceId> target, int limit);
}
