package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ReplicaId;
import io.smollama.sync.Change.ChainChange;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins the next boot of a replica, or a new incarnation. One thread at a time. */
final class SessionStart {
  private static final Logger LOG = LoggerFactory.getLogger(SessionStart.class);

  private final SqliteLogStore store;
  private final ReplicaSetup setup;

  SessionStart(SqliteLogStore store, ReplicaSetup setup) {
    this.store = store;
    this.setup = setup;
  }

  /** Changes the database and says what {@code replica.json} has to hold from now on. */
  ReplicaState begin(Optional<ReplicaState> known) {
    Optional<Session> before = store.session();
    String fingerprint = setup.fingerprint().get();
    Optional<Continuity.Break> broken =
        Continuity.check(known, before.map(this::held), fingerprint);
    return broken.isPresent()
        ? newIncarnation(broken.get(), known, before, fingerprint)
        : nextBoot(known.orElseThrow(), before.orElseThrow().self(), fingerprint);
  }

  private Continuity.Held held(Session before) {
    ReplicaId origin = before.self().origin();
    return new Continuity.Held(origin, before.boot(), LeasedLogStore.heads(store, origin));
  }

  private ReplicaState nextBoot(ReplicaState before, Self self, String fingerprint) {
    long boot = before.boot() + 1;
    store.begin(new Session(self, boot), List.of());
    return ReplicaState.starting(
        self.origin(),
        self.incarnation(),
        boot,
        HardwareFingerprint.merge(before.fingerprint(), fingerprint),
        LeasedLogStore.heads(store, self.origin()));
  }

  private ReplicaState newIncarnation(
      Continuity.Break reason,
      Optional<ReplicaState> known,
      Optional<Session> before,
      String fingerprint) {
    Set<ReplicaId> predecessors = new LinkedHashSet<>();
    before.ifPresent(found -> predecessors.add(found.self().origin()));
    known.ifPresent(state -> predecessors.add(state.replica()));
    long incarnation =
        1
            + Math.max(
                before.map(found -> found.self().incarnation()).orElse(0L),
                known.map(ReplicaState::incarnation).orElse(0L));
    ReplicaId replica = setup.randomId();
    if (predecessors.isEmpty()) {
      LOG.debug("A new journal, written as replica {}", replica);
    } else {
      warn(reason.sentence(), replica, predecessors);
    }
    long lamport = before.map(found -> found.self().lamport()).orElse(0L);
    Draft genesis =
        Genesis.draft(setup.nodeName(), setup.productVersion(), incarnation, reason, predecessors);
    ChainChange first =
        Minting.appended(
            ChainState.empty(new ChainId(replica, ChainId.CONTROL)),
            List.of(genesis),
            lamport,
            setup.stamp(1));
    store.begin(new Session(new Self(replica, incarnation, lamport + 1), 1), List.of(first));
    return ReplicaState.starting(
        replica, incarnation, 1, fingerprint, LeasedLogStore.heads(store, replica));
  }

  /** Says that another origin writes from now on, and that nothing is to be done. */
  static void warn(String reason, ReplicaId replica, Collection<ReplicaId> predecessors) {
    LOG.warn(
        "{}. That is expected after a backup was restored or files were copied; nothing is to be"
            + " done. The node goes on with what is there, and writes under the new replica id {}"
            + " (before: {}), so that other nodes never take new entries for old ones",
        reason,
        replica,
        predecessors);
  }
}
