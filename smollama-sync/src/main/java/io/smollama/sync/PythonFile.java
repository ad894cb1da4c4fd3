package io.smollama.sync;

import io.smollama.core.JournalException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import org.sqlite.SQLiteConfig;

/** The tables of one server, in a SQLite file of their own. One thread at a time. */
final class PythonFile implements PythonTables {
  private static final int BUSY_MILLIS = 5_000;

  private final Path file;
  private final Statements statements;

  private PythonFile(Path file, Statements statements) {
    this.file = file;
    this.statements = statements;
  }

  /** Opens or makes the file. */
  static PythonFile open(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setGetGeneratedKeys(false);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
      PythonFile tables = new PythonFile(file, new Statements(connection));
      try {
        tables.prepare(connection);
        return tables;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw StorageFailure.of(file, e);
    }
  }

  private void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
        if (row.next() && row.getInt(1) > PythonSchema.VERSION) {
          throw new JournalException(
              file.toString(),
              "is of a newer Smollama; use that one, or move the file away: it is made anew",
              false);
        }
      }
      for (String step : PythonSchema.ofSqlite()) {
        statement.execute(step);
      }
      statement.execute("PRAGMA user_version = " + PythonSchema.VERSION);
    }
  }

  @Override
  public <T> T alone(Supplier<T> work) {
    return work.get();
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public <T> T write(SqlWork<T> work) {
    try {
      return SqlWork.writing(statements.connection(), work);
    } catch (SQLException e) {
      throw StorageFailure.of(file, e);
    }
  }

  @Override
  public <T> T read(SqlWork<T> work) {
    try {
      return SqlWork.sound(work);
    } catch (SQLException e) {
      throw StorageFailure.of(file, e);
    }
  }

  @Override
  public int update(String sql, Object... values) throws SQLException {
    return bound(sql, values).executeUpdate();
  }

  @Override
  public PreparedStatement bound(String sql, Object... values) throws SQLException {
    PreparedStatement statement = statements.prepare(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public String toString() {
    return file.toString();
  }

  @Override
  public void close() {
    try {
      statements.close();
    } catch (SQLException e) {
      throw StorageFailure.of(file, e);
    }
  }
}
