package io.smollama.sync;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteErrorCode;

/** Something done with a database, and the ways to do it. */
@FunctionalInterface
interface SqlWork<T> {
  T run() throws SQLException;

  /** All of the work or nothing of it; on durable storage when this returns. */
  static <T> T writing(Connection connection, SqlWork<T> work) throws SQLException {
    return transaction(connection, "BEGIN IMMEDIATE", work);
  }

  /** One moment's view of all tables. */
  static <T> T reading(Connection connection, SqlWork<T> work) throws SQLException {
    return transaction(connection, "BEGIN", work);
  }

  /** Rows that hold what they never can are as bad as pages that do. */
  static <T> T sound(SqlWork<T> read) throws SQLException {
    try {
      return read.run();
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new SQLException(e.getMessage(), "", SQLiteErrorCode.SQLITE_CORRUPT.code, e);
    }
  }

  private static <T> T transaction(Connection connection, String begin, SqlWork<T> work)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(begin);
      try {
        T result = work.run();
        statement.execute("COMMIT");
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(statement, e);
        throw e;
      }
    }
  }

  private static void rollBack(Statement statement, Throwable reason) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      reason.addSuppressed(e); // SQLite has rolled back by itself, as it does after a full disk
    }
  }
}
