package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.sync.Change.ChainChange;
import io.smollama.sync.PostgresChains.Held;
import io.smollama.sync.PostgresEntries.Row;
import io.smollama.sync.PostgresWriter.Lock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes one change in a transaction that the caller holds: compares, then sets. Locks are taken in
 * the same order by everybody: the writer, chains that are there, chains that are new, a slot of
 * the clock. One thread at a time.
 */
final class PostgresUpdate {
  private final PostgresWriter writer;
  private final PostgresChains chains;
  private final PostgresEntries entries;

  /** Which of the clock's slots to raise. */
  private final int slot;

  PostgresUpdate(Connection connection, long group, int slot) {
    this.writer = new PostgresWriter(connection, group);
    this.chains = new PostgresChains(connection, group);
    this.entries = new PostgresEntries(connection, group);
    this.slot = slot;
  }

  /** Whether the change was made; if not, the transaction is to be rolled back. */
  boolean apply(Change change) throws SQLException {
    Self self = writer.self(lockFor(change));
    if (!self.origin().equals(change.writer())) {
      return false;
    }
    SortedMap<ChainId, Held> held =
        change.chains().isEmpty() ? new TreeMap<>() : chains.lock(idsOf(change));
    if (!isCurrent(change, held)) {
      return false;
    }
    List<ChainState> known = new ArrayList<>();
    List<ChainState> fresh = new ArrayList<>();
    for (ChainChange one : change.chains()) {
      (held.containsKey(one.after().chain()) ? known : fresh).add(one.after());
    }
    if (!fresh.isEmpty()) {
      held.putAll(chains.insert(fresh));
    }
    if (held.size() < change.chains().size()) {
      return false; // Somebody else has just begun one of the chains.
    }
    apply(change.chains(), held);
    if (!known.isEmpty()) {
      chains.update(known);
    }
    applyRest(change, self);
    return true;
  }

  /**
   * What is taken in from others does not depend on who writes: it may as well have come before a
   * succession. An own chain must not grow once another process has given up the origin.
   */
  private static Lock lockFor(Change change) {
    if (change.successor().isPresent() || !change.quarantined().isEmpty()) {
      return Lock.ALONE;
    }
    boolean own = idsOf(change).stream().anyMatch(chain -> chain.origin().equals(change.writer()));
    return own ? Lock.SHARED : Lock.NONE;
  }

  private static List<ChainId> idsOf(Change change) {
    return change.chains().stream().map(one -> one.before().chain()).toList();
  }

  private static boolean isCurrent(Change change, SortedMap<ChainId, Held> held) {
    for (ChainChange one : change.chains()) {
      ChainId chain = one.before().chain();
      Held now = held.get(chain);
      if (!one.before().equals(now == null ? ChainState.empty(chain) : now.state())) {
        return false;
      }
    }
    return true;
  }

  private void apply(List<ChainChange> changes, SortedMap<ChainId, Held> held) throws SQLException {
    List<Row> rows = new ArrayList<>();
    for (ChainChange change : changes) {
      long number = held.get(change.after().chain()).number();
      for (Change.Split split : change.splits()) {
        entries.split(number, split);
      }
      if (!change.after().cut().equals(change.before().cut())) {
        entries.cut(number, change.after().cut().seq());
      }
      for (Change.Added added : change.added()) {
        added.entries().forEach(entry -> rows.add(new Row(number, added.label(), entry)));
      }
    }
    entries.insert(rows);
  }

  private void applyRest(Change change, Self self) throws SQLException {
    if (change.successor().isPresent()) {
      writer.succeed(change.successor().get());
    }
    if (!change.quarantined().isEmpty()) {
      writer.note(change.quarantined());
    }
    if (change.lamport() > self.lamport()) {
      writer.raise(change.lamport(), slot);
    }
  }
}
