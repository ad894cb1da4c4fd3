package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ReplicaId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/** Who writes to one group's log, and its clock, through one connection. One thread at a time. */
final class PostgresWriter {
  /** A clock read while others raise it may be a little late, but no commit before is missed. */
  private static final String SELF =
      """
      SELECT origin, incarnation,
          (SELECT max(lamport) FROM smollama_clock c WHERE c.group_id = l.group_id)
      FROM smollama_log l WHERE group_id = ?""";

  private final Connection connection;
  private final long group;

  PostgresWriter(Connection connection, long group) {
    this.connection = connection;
    this.group = group;
  }

  /** How firmly nobody else may become the writer before the transaction ends. */
  enum Lock {
    /** They may: what is done does not depend on it. */
    NONE(""),
    /** They may not, but others may do this at the same time. */
    SHARED(" FOR SHARE OF l"),
    /** Only this transaction. */
    ALONE(" FOR UPDATE OF l");

    private final String clause;

    Lock(String clause) {
      this.clause = clause;
    }
  }

  /** Makes this replica the writer of a group that has none. */
  void settle(Self first) throws SQLException {
    execute(
        "INSERT INTO smollama_log VALUES (?, ?, ?, 0, 0) ON CONFLICT DO NOTHING",
        List.of(group, bytes(first.origin()), first.incarnation()));
    execute(
        "INSERT INTO smollama_clock SELECT ?, slot, ? FROM generate_series(0, ?) slot"
            + " ON CONFLICT DO NOTHING",
        List.of(group, first.lamport(), PostgresSchema.CLOCK_SLOTS - 1));
  }

  /** A number for one more process that writes here. */
  long nextBoot() throws SQLException {
    return number(
        "UPDATE smollama_log SET boot = boot + 1 WHERE group_id = ? RETURNING boot",
        List.of(group));
  }

  Self self(Lock lock) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SELF + lock.clause)) {
      statement.setLong(1, group);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("group " + group + " is gone", "42000");
        }
        ReplicaId origin = new ReplicaId(HexFormat.of().formatHex(row.getBytes(1)));
        return new Self(origin, row.getLong(2), row.getLong(3));
      }
    }
  }

  void succeed(Self successor) throws SQLException {
    execute(
        "UPDATE smollama_log SET origin = ?, incarnation = ? WHERE group_id = ?",
        List.of(bytes(successor.origin()), successor.incarnation(), group));
  }

  /** Raises the clock by way of one of its slots; it is never lowered. */
  void raise(long lamport, int slot) throws SQLException {
    execute(
        "UPDATE smollama_clock SET lamport = greatest(lamport, ?) WHERE group_id = ? AND slot = ?",
        List.of(lamport, group, slot));
  }

  /** Notes what was refused, and forgets the oldest notes. */
  void note(List<Quarantined> refused) throws SQLException {
    long last =
        number(
            "UPDATE smollama_log SET refused = refused + ? WHERE group_id = ? RETURNING refused",
            List.of(refused.size(), group));
    int from = Math.max(0, refused.size() - Limits.QUARANTINED);
    String insert = "INSERT INTO smollama_refused VALUES (?, ?, ?, ?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      for (int i = from; i < refused.size(); i++) {
        Quarantined one = refused.get(i);
        ChainId chain = one.chain();
        statement.setLong(1, group);
        statement.setLong(2, last - refused.size() + 1 + i);
        statement.setBytes(3, bytes(chain.origin()));
        statement.setInt(4, chain.stream());
        statement.setLong(5, one.seq());
        statement.setString(6, one.code().name());
        statement.addBatch();
      }
      statement.executeBatch();
    }
    execute(
        "DELETE FROM smollama_refused WHERE group_id = ? AND number <= ?",
        List.of(group, last - Limits.QUARANTINED));
  }

  private void execute(String sql, List<Object> values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      statement.executeUpdate();
    }
  }

  private long number(String sql, List<Object> values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }

  private static byte[] bytes(ReplicaId replica) {
    return HexFormat.of().parseHex(replica.hex());
  }
}
