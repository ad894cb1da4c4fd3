package io.smollama.sync;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a server keeps of nodes with Smollama for Python beside the log. The entries are in the log
 * and only there; what the tables say of them follows from it. The words of SQL are those that
 * SQLite and PostgreSQL share. One thread at a time.
 */
interface PythonTables extends AutoCloseable {
  /** Does something while no other server that shares the tables does such a thing. */
  <T> T alone(Supplier<T> work);

  /** Whether others may have changed the tables since they were looked at. */
  boolean isShared();

  /** Does something in one transaction, on durable storage when this returns. */
  <T> T write(SqlWork<T> work);

  /** Looks at the tables; within a write or another read it is a part of that. */
  <T> T read(SqlWork<T> work);

  /** Changes rows; how many. */
  int update(String sql, Object... values) throws SQLException;

  /** A query that is to be asked before the next of the same words, and its rows closed. */
  PreparedStatement bound(String sql, Object... values) throws SQLException;

  /** The number in the first column of the first row; empty if there is none. */
  default Optional<Long> number(String sql, Object... values) throws SQLException {
    try (ResultSet row = bound(sql, values).executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      long number = row.getLong(1);
      return row.wasNull() ? Optional.empty() : Optional.of(number);
    }
  }

  @Override
  void close();
}
