package io.smollama.sync;

import io.smollama.core.ReplicaId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Under which identity a replica writes, and why under this one. Immutable.
 *
 * @param origin the origin of what it appends
 * @param number counts the identities that this log has had, from 1
 * @param since when it began, by this node's clock; empty if it had none
 * @param predecessors under which it wrote before; empty for the first
 * @param reason what was found or asked for, a sentence without its full stop
 */
public record Incarnation(
    ReplicaId origin,
    long number,
    Optional<Instant> since,
    List<ReplicaId> predecessors,
    String reason) {
  public Incarnation {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(reason, "reason");
    predecessors = List.copyOf(predecessors);
  }
}
