package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Point;
import io.smollama.sync.Change.Added;
import io.smollama.sync.Change.ChainChange;
import io.smollama.sync.Change.Split;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes the tables of a journal file, within a transaction of the caller. One thread at a time.
 */
final class LogUpdate {
  private final Statements statements;
  private final EntryTable entries;

  LogUpdate(LogTables tables) {
    this.statements = tables.statements();
    this.entries = tables.entries();
  }

  void save(Session session) throws SQLException {
    PreparedStatement row =
        statements.prepare(
            "REPLACE INTO meta (only, origin, incarnation, boot, lamport) VALUES (1, ?, ?, ?, ?)");
    row.setBytes(1, Statements.bytes(session.self().origin().hex()));
    row.setLong(2, session.self().incarnation());
    row.setLong(3, session.boot());
    row.setLong(4, session.self().lamport());
    row.executeUpdate();
  }

  /** Keeps the newest notes only. */
  void quarantine(List<Quarantined> refused) throws SQLException {
    PreparedStatement insert =
        statements.prepare(
            "INSERT INTO quarantine (origin, stream, seq, code) VALUES (?, ?, ?, ?)");
    for (Quarantined one : refused) {
      insert.setBytes(1, Statements.bytes(one.chain().origin().hex()));
      insert.setInt(2, one.chain().stream());
      insert.setLong(3, one.seq());
      insert.setString(4, one.code().name());
      insert.executeUpdate();
    }
    statements
        .prepare(
            "DELETE FROM quarantine WHERE number <= (SELECT max(number) FROM quarantine) - "
                + Limits.QUARANTINED)
        .executeUpdate();
  }

  /**
   * Changes a chain.
   *
   * @param held as the tables have it; empty if they do not
   * @return as they have it then
   */
  HeldChain apply(ChainChange change, Optional<HeldChain> held) throws SQLException {
    ChainState after = change.after();
    long chain = held.isPresent() ? held.get().number() : insertChain(after.chain());
    Map<String, Long> numbers = new HashMap<>();
    held.ifPresent(known -> numbers.putAll(known.numbers()));
    for (Branch branch : after.branches()) {
      if (!numbers.containsKey(branch.label())) {
        numbers.put(branch.label(), insertBranch(chain, branch));
      } else if (!change.before().branches().contains(branch)) {
        updateBranch(numbers.get(branch.label()), branch);
      }
    }
    if (!after.marks().equals(change.before().marks())) {
      replaceMarks(chain, after);
    }
    HeldChain now = new HeldChain(chain, after, numbers);
    for (Split split : change.splits()) {
      entries.move(now.number(split.from()), split.above(), now.number(split.to()));
    }
    if (after.cut().seq() > change.before().cut().seq()) {
      entries.deleteUpTo(now.number(Branch.TRUNK), after.cut().seq());
    }
    for (Added added : change.added()) {
      entries.insert(now.number(added.label()), added.entries());
    }
    return now;
  }

  private long insertChain(ChainId chain) throws SQLException {
    PreparedStatement insert =
        statements.prepare("INSERT INTO chain (origin, stream) VALUES (?, ?) RETURNING number");
    insert.setBytes(1, Statements.bytes(chain.origin().hex()));
    insert.setInt(2, chain.stream());
    return number(insert);
  }

  private long insertBranch(long chain, Branch branch) throws SQLException {
    PreparedStatement insert =
        statements.prepare(
            "INSERT INTO branch (chain, label, parent_seq, parent_id, head_seq, head_id)"
                + " VALUES (?, ?, ?, ?, ?, ?) RETURNING number");
    insert.setLong(1, chain);
    insert.setBytes(2, Statements.bytes(branch.label()));
    Statements.bind(insert, 3, branch.parent());
    Statements.bind(insert, 5, branch.head());
    return number(insert);
  }

  private static long number(PreparedStatement insert) throws SQLException {
    try (ResultSet row = insert.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private void updateBranch(long number, Branch branch) throws SQLException {
    PreparedStatement update =
        statements.prepare(
            "UPDATE branch SET parent_seq = ?, parent_id = ?, head_seq = ?, head_id = ?"
                + " WHERE number = ?");
    Statements.bind(update, 1, branch.parent());
    Statements.bind(update, 3, branch.head());
    update.setLong(5, number);
    update.executeUpdate();
  }

  private void replaceMarks(long chain, ChainState state) throws SQLException {
    PreparedStatement delete = statements.prepare("DELETE FROM mark WHERE chain = ?");
    delete.setLong(1, chain);
    delete.executeUpdate();
    PreparedStatement insert =
        statements.prepare("INSERT INTO mark (chain, seq, id) VALUES (?, ?, ?)");
    insert.setLong(1, chain);
    for (Point mark : state.marks()) {
      Statements.bind(insert, 2, mark);
      insert.executeUpdate();
    }
  }
}
