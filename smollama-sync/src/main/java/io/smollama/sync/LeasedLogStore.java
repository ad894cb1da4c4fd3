package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import io.smollama.core.ReplicaId;
import io.smollama.sync.Change.ChainChange;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps {@code replica.json} in step with a store: no number of an own chain is used before it is
 * leased, and a successor is written down when it has taken over. A lock is held while the file is
 * looked at and written, not while the store commits; closing waits for commits that are under way.
 * Thread-safe.
 */
final class LeasedLogStore extends LogStoreAround {
  private final ReplicaFile file;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private ReplicaState state;
  private boolean closed;

  /**
   * A store around another.
   *
   * @param state what the file holds
   */
  LeasedLogStore(LogStore inner, ReplicaFile file, ReplicaState state) {
    super(inner);
    this.file = file;
    this.state = state;
  }

  @Override
  public boolean commit(Change change) {
    use.readLock().lock();
    try {
      if (closed) {
        throw new JournalException(file.toString(), "this journal is closed", false);
      }
      if (change.successor().isEmpty()) {
        lease(change);
      }
      boolean done = super.commit(change);
      if (done) {
        change.successor().ifPresent(this::succeed);
      }
      return done;
    } finally {
      use.readLock().unlock();
    }
  }

  /** Renews the promise of each stream whose numbers would not suffice, before they are used. */
  private synchronized void lease(Change change) {
    ReplicaState next = state;
    for (ChainChange chain : change.chains()) {
      ChainId id = chain.after().chain();
      if (id.origin().equals(change.writer()) && !chain.added().isEmpty()) {
        next = next.replica().equals(change.writer()) ? next : of(change.writer());
        long last = chain.after().highest();
        if (last > next.lease(id.stream()).to()) {
          next = next.leasing(id.stream(), chain.before().highest(), last);
        }
      }
    }
    write(next);
  }

  private synchronized void succeed(Self successor) {
    Incarnation now = Genesis.read(this, successor);
    if (!now.reason().equals(Continuity.Break.ASKED_FOR.sentence())) {
      SessionStart.warn(now.reason(), now.origin(), now.predecessors());
    }
    write(of(successor.origin()));
  }

  /** Another origin goes on in the boot of the one before it. */
  private ReplicaState of(ReplicaId origin) {
    return ReplicaState.starting(
        origin, self().incarnation(), state.boot(), state.fingerprint(), heads(this, origin));
  }

  private void write(ReplicaState next) {
    if (next != state) {
      file.write(next);
      state = next;
    }
  }

  /** Ends the session: nothing is committed any more, and the leases shrink to the exact heads. */
  void close() {
    use.writeLock().lock();
    try {
      closed = true;
      ReplicaId origin = self().origin();
      ReplicaState last = state.replica().equals(origin) ? state : of(origin);
      file.write(last.closedAt(heads(this, origin)));
    } finally {
      use.writeLock().unlock();
    }
  }

  /** The last sequence number of each stream that an origin wrote. */
  static Map<Integer, Long> heads(LogStore store, ReplicaId origin) {
    Map<Integer, Long> heads = new TreeMap<>();
    store.chains(ChainRange.of(origin), Integer.MAX_VALUE).values().stream()
        .filter(state -> state.highest() > 0)
        .forEach(state -> heads.put(state.chain().stream(), state.highest()));
    return heads;
  }
}
