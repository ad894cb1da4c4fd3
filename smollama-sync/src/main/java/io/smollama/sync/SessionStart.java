package io.smollama.sync;

import io.smollama.core.ReplicaId;
import io.smollama.sync.JournalTables.Meta;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins the next boot of a replica, or a new incarnation. One thread at a time. */
final class SessionStart {
  private static final Logger LOG = LoggerFactory.getLogger(SessionStart.class);

  private final JournalTables tables;
  private final OwnChains chains;
  private final ReplicaSetup setup;

  SessionStart(JournalTables tables, OwnChains chains, ReplicaSetup setup) {
    this.tables = tables;
    this.chains = chains;
    this.setup = setup;
  }

  /** Changes the database and says what {@code replica.json} has to hold from now on. */
  ReplicaState begin(Optional<ReplicaState> known) throws SQLException {
    return tables.writing(() -> next(known, tables.meta(), setup.fingerprint().get()));
  }

  private ReplicaState next(Optional<ReplicaState> known, Optional<Meta> meta, String fingerprint)
      throws SQLException {
    Optional<Continuity.Held> held = Optional.empty();
    if (meta.isPresent()) {
      Meta found = meta.get();
      held =
          Optional.of(
              new Continuity.Held(found.replica(), found.boot(), tables.seqs(found.replica())));
    }
    Optional<Continuity.Break> broken = Continuity.check(known, held, fingerprint);
    return broken.isPresent()
        ? newIncarnation(broken.get(), known, meta, fingerprint)
        : nextBoot(known.orElseThrow(), meta.orElseThrow(), fingerprint);
  }

  private ReplicaState nextBoot(ReplicaState before, Meta meta, String fingerprint)
      throws SQLException {
    long boot = before.boot() + 1;
    tables.save(new Meta(meta.replica(), meta.incarnation(), boot, meta.lamport()));
    return ReplicaState.starting(
        meta.replica(),
        meta.incarnation(),
        boot,
        HardwareFingerprint.merge(before.fingerprint(), fingerprint),
        tables.seqs(meta.replica()));
  }

  private ReplicaState newIncarnation(
      Continuity.Break reason,
      Optional<ReplicaState> known,
      Optional<Meta> meta,
      String fingerprint)
      throws SQLException {
    Set<ReplicaId> predecessors = new LinkedHashSet<>();
    meta.ifPresent(found -> predecessors.add(found.replica()));
    known.ifPresent(before -> predecessors.add(before.replica()));
    long incarnation =
        1
            + Math.max(
                meta.map(Meta::incarnation).orElse(0L),
                known.map(ReplicaState::incarnation).orElse(0L));
    ReplicaId replica = randomId();
    if (predecessors.isEmpty()) {
      LOG.debug("A new journal, written as replica {}", replica);
    } else {
      LOG.warn(
          "{}. That is expected after a backup was restored or files were copied; nothing is to be"
              + " done. The node goes on with what is there, and writes under the new replica id {}"
              + " (before: {}), so that other nodes never take new entries for old ones ({})",
          reason.sentence(),
          replica,
          predecessors,
          reason.word());
    }
    chains.append(
        new Meta(replica, incarnation, 1, meta.map(Meta::lamport).orElse(0L)),
        List.of(
            Genesis.draft(
                setup.nodeName(), setup.productVersion(), incarnation, reason, predecessors)));
    return ReplicaState.starting(replica, incarnation, 1, fingerprint, tables.seqs(replica));
  }

  private ReplicaId randomId() {
    byte[] bytes = new byte[16];
    setup.random().nextBytes(bytes);
    return new ReplicaId(HexFormat.of().formatHex(bytes));
  }
}
