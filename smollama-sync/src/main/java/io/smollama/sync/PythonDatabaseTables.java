package io.smollama.sync;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a group in a PostgreSQL database that servers share, in a schema of their own. What
 * a server does for such a node it does alone: a page that one gives must be known to all before
 * any gives the next. If the connection breaks, another server may go on. One thread at a time.
 */
final class PythonDatabaseTables implements PythonTables {
  /** "SmPy", beside the number of the group. */
  private static final int LOCK = 0x536d5079;

  private static final int WAITS_SECONDS = 10;

  private final DataSource source;
  private final long group;
  private final String schema;
  private @Nullable Connection held;
  private boolean inTransaction;

  private PythonDatabaseTables(DataSource source, long group) {
    this.source = source;
    this.group = group;
    this.schema = "smollama_python_" + group;
  }

  /** The tables of a group, made if they are not there. */
  static PythonDatabaseTables open(DataSource source, long group) {
    if (group < 0) {
      throw new IllegalArgumentException("A group's number is at least 0, was " + group);
    }
    PythonDatabaseTables tables = new PythonDatabaseTables(source, group);
    tables.alone(() -> tables.write(tables::prepare));
    return tables;
  }

  private boolean prepare() throws SQLException {
    try (Statement statement = connection().createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
      for (String step : PythonSchema.ofPostgres()) {
        statement.execute(step);
      }
      return true;
    }
  }

  @Override
  public <T> T alone(Supplier<T> work) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(true);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET lock_timeout = '" + WAITS_SECONDS + "s'");
        statement.execute("SELECT pg_advisory_lock(" + LOCK + ", " + (int) group + ")");
      }
      held = connection;
      try {
        return work.get();
      } finally {
        held = null;
        release(connection);
      }
    } catch (SQLException e) {
      throw PostgresFailure.of(e);
    }
  }

  /** The lock of a connection that is broken has ended with it. */
  private static void release(Connection connection) throws SQLException {
    if (connection.isClosed()) {
      return;
    }
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("RESET lock_timeout");
      statement.execute("SELECT pg_advisory_unlock_all()");
    }
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public <T> T write(SqlWork<T> work) {
    try {
      return inTransaction ? work.run() : transaction(work);
    } catch (SQLException e) {
      throw PostgresFailure.of(e);
    }
  }

  @Override
  public <T> T read(SqlWork<T> work) {
    return write(work);
  }

  private <T> T transaction(SqlWork<T> work) throws SQLException {
    Connection connection = connection();
    connection.setAutoCommit(false);
    inTransaction = true;
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL search_path TO " + schema);
      T result = work.run();
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      connection.rollback();
      throw e;
    } finally {
      inTransaction = false;
    }
  }

  private Connection connection() {
    Connection connection = held;
    if (connection == null) {
      throw new IllegalStateException("Only who is alone looks at the tables");
    }
    return connection;
  }

  @Override
  public int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = statement(sql, values)) {
      return statement.executeUpdate();
    }
  }

  @Override
  public PreparedStatement bound(String sql, Object... values) throws SQLException {
    PreparedStatement statement = statement(sql, values);
    statement.closeOnCompletion();
    return statement;
  }

  private PreparedStatement statement(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection().prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public String toString() {
    return PostgresDatabase.NAME + ", schema " + schema;
  }

  /** The connections are the data source's. */
  @Override
  public void close() {}
}
