package io.smollama.sync;

import io.smollama.core.JournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Set;
import javax.sql.DataSource;

/** Transactions on a database that others may use at the same time. Thread-safe. */
final class PostgresDatabase {
  /** What messages call it: a data source does not tell where it leads. */
  static final String NAME = "PostgreSQL";

  /** Rolled back for certain: others were in the way. */
  private static final Set<String> LOST_RACES = Set.of("40001", "40P01");

  private final DataSource source;

  PostgresDatabase(DataSource source) {
    this.source = source;
  }

  /** Something done through a connection. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** A single query, or several that need not be of one moment. */
  <T> T reading(Work<T> work) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(true);
      return work.with(connection);
    } catch (SQLException e) {
      throw PostgresFailure.of(e);
    }
  }

  /**
   * All of the work, on durable storage when this returns true.
   *
   * @param work says false to have nothing of it done
   * @return false if nothing was done
   */
  boolean writing(Work<Boolean> work) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        return work.with(connection) ? commit(connection) : !rollBack(connection);
      } catch (SQLException e) {
        rollBack(connection);
        if (LOST_RACES.contains(String.valueOf(e.getSQLState()))) {
          return false;
        }
        throw e;
      } catch (RuntimeException | Error e) {
        rollBack(connection);
        throw e;
      }
    } catch (SQLException e) {
      throw PostgresFailure.of(e);
    }
  }

  /**
   * A commit that was interrupted while it waited for the standby is reported as done, with a
   * warning.
   */
  private static boolean commit(Connection connection) throws SQLException {
    connection.clearWarnings();
    connection.commit();
    SQLWarning warning = connection.getWarnings();
    if (warning != null) {
      throw new JournalException(
          NAME, "may not have kept what was written: " + warning.getMessage(), true, warning);
    }
    return true;
  }

  /** A connection that cannot even roll back is broken, which its server takes for a roll-back. */
  private static boolean rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      return true;
    }
    return true;
  }
}
