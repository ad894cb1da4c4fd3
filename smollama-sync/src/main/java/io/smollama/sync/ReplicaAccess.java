package io.smollama.sync;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lends a {@link Replica} for a piece of work, to one thread at a time. Thread-safe; what is lent
 * may not be kept beyond the work, but for what {@link #shared} lends, which is always the same.
 */
public final class ReplicaAccess {
  private final Supplier<Replica> replicas;
  private final boolean oneAtATime;

  private ReplicaAccess(Supplier<Replica> replicas, boolean oneAtATime) {
    this.replicas = Objects.requireNonNull(replicas, "replicas");
    this.oneAtATime = oneAtATime;
  }

  /** One replica for all, each waiting for its turn. */
  public static ReplicaAccess shared(Replica replica) {
    Objects.requireNonNull(replica, "replica");
    return new ReplicaAccess(() -> replica, true);
  }

  /**
   * A replica for each piece of work, several at a time: for a server, whose store several
   * processes write through anyway.
   */
  public static ReplicaAccess each(Supplier<Replica> replicas) {
    return new ReplicaAccess(replicas, false);
  }

  /** Does a piece of work; what it throws comes out. */
  public <T> T with(Function<Replica, T> work) {
    if (!oneAtATime) {
      return work.apply(replicas.get());
    }
    synchronized (this) {
      return work.apply(replicas.get());
    }
  }
}
