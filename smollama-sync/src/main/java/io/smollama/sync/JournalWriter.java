package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The one writer of a journal: keeps {@code replica.json} and the database in step. One thread at a
 * time.
 */
final class JournalWriter implements AutoCloseable {
  private final JournalTables tables;
  private final OwnChains chains;
  private final ReplicaFile file;
  private ReplicaState state;

  private JournalWriter(
      JournalTables tables, OwnChains chains, ReplicaFile file, ReplicaState state) {
    this.tables = tables;
    this.chains = chains;
    this.file = file;
    this.state = state;
  }

  /** Begins a session. */
  static JournalWriter open(
      JournalTables tables, ReplicaFile file, Optional<ReplicaState> known, ReplicaSetup setup)
      throws SQLException {
    OwnChains chains = new OwnChains(tables, setup);
    // The database first: a database behind its file then always means a restored backup.
    ReplicaState state = new SessionStart(tables, chains, setup).begin(known);
    file.write(state);
    return new JournalWriter(tables, chains, file, state);
  }

  List<Entry> write(List<Draft> drafts) throws SQLException {
    return tables.writing(
        () -> {
          lease(drafts);
          return chains.append(tables.meta().orElseThrow(), drafts);
        });
  }

  /** Counts on from a Lamport timestamp that was seen elsewhere. */
  long follow(long seen) throws SQLException {
    return tables.writing(
        () -> {
          JournalTables.Meta meta = tables.meta().orElseThrow();
          long lamport = LamportClock.follow(meta.lamport(), seen);
          if (lamport > meta.lamport()) {
            tables.save(
                new JournalTables.Meta(meta.replica(), meta.incarnation(), meta.boot(), lamport));
          }
          return lamport;
        });
  }

  /** Renews the promise of each stream whose numbers would not suffice, before they are used. */
  private void lease(List<Draft> drafts) throws SQLException {
    Map<Integer, Integer> wanted = new TreeMap<>();
    drafts.forEach(draft -> wanted.merge(draft.stream(), 1, Integer::sum));
    ReplicaState next = state;
    for (var want : wanted.entrySet()) {
      int stream = want.getKey();
      ChainId chain = new ChainId(state.replica(), stream);
      long head = tables.head(chain).map(Point::seq).orElse(0L);
      long last = head + want.getValue();
      if (last > state.lease(stream).to()) {
        next = next.leasing(stream, head, last);
      }
    }
    if (next != state) {
      file.write(next);
      state = next;
    }
  }

  ReplicaId replica() {
    return state.replica();
  }

  /** Ends the session: the leases shrink to the exact heads. */
  @Override
  public void close() throws SQLException {
    try (tables) {
      file.write(state.closedAt(tables.seqs(state.replica())));
    }
  }
}
