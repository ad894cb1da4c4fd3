package io.smollama.sync;

import io.smollama.core.ReplicaId;
import java.util.Objects;

/**
 * Who writes through a store now. Immutable.
 *
 * @param origin the origin of what is appended
 * @param incarnation counts the origins that this database has had, from 1
 * @param lamport the highest Lamport timestamp issued or followed
 */
public record Self(ReplicaId origin, long incarnation, long lamport) {
  public Self {
    Objects.requireNonNull(origin, "origin");
    if (incarnation < 1 || lamport < 0) {
      throw new IllegalArgumentException(
          "An incarnation is 1 or more and a clock 0 or more, were %d and %d"
              .formatted(incarnation, lamport));
    }
  }
}
