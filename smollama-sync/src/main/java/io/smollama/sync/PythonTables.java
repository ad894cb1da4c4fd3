package io.smollama.sync;

import io.smollama.core.JournalException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/**
 * The file in which a server keeps what it needs to know of nodes with Smollama for Python. The
 * entries are in the log and only there; what the file says of them follows from it. One thread at
 * a time.
 */
final class PythonTables implements AutoCloseable {
  private static final int VERSION = 1;
  private static final int BUSY_MILLIS = 5_000;

  private static final String[] SCHEMA = {
    // up to where the log was gone through
    """
    CREATE TABLE IF NOT EXISTS applied (
      origin BLOB NOT NULL, stream INTEGER NOT NULL, seq INTEGER NOT NULL, id BLOB NOT NULL,
      PRIMARY KEY (origin, stream, seq, id)) WITHOUT ROWID""",
    // what such a node can be given, in the order in which it came to be here
    """
    CREATE TABLE IF NOT EXISTS item (
      number INTEGER PRIMARY KEY, raw INTEGER NOT NULL, origin BLOB NOT NULL,
      stream INTEGER NOT NULL, seq INTEGER NOT NULL, id BLOB NOT NULL, uuid TEXT NOT NULL UNIQUE)""",
    "CREATE INDEX IF NOT EXISTS item_order ON item (raw, number)",
    "CREATE INDEX IF NOT EXISTS item_id ON item (id) WHERE raw = 0",
    // what was imported from a file of such a node
    """
    CREATE TABLE IF NOT EXISTS known_key (
      key TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS name (origin BLOB PRIMARY KEY, node TEXT NOT NULL) WITHOUT ROWID",
    // under which origins a device's own entries are
    """
    CREATE TABLE IF NOT EXISTS proxy (
      device TEXT NOT NULL, origin BLOB NOT NULL, PRIMARY KEY (device, origin)) WITHOUT ROWID""",
    // what it is known to hold beside those
    """
    CREATE TABLE IF NOT EXISTS held (
      device TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (device, number)) WITHOUT ROWID""",
    // pages given to a device: stamps, and where they began and ended
    """
    CREATE TABLE IF NOT EXISTS page (
      device TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
      knowledge_from INTEGER NOT NULL, raw_from INTEGER NOT NULL,
      knowledge_to INTEGER NOT NULL, raw_to INTEGER NOT NULL,
      PRIMARY KEY (device, first)) WITHOUT ROWID""",
    // the highest stamp that a device was ever given
    """
    CREATE TABLE IF NOT EXISTS device (
      name TEXT PRIMARY KEY, issued INTEGER NOT NULL) WITHOUT ROWID""",
    // in which session of the log the file was used last
    """
    CREATE TABLE IF NOT EXISTS session (
      only INTEGER PRIMARY KEY CHECK (only = 1), origin BLOB NOT NULL, boot INTEGER NOT NULL)""",
    // what was acknowledged but not taken, the newest only
    """
    CREATE TABLE IF NOT EXISTS quarantine (
      number INTEGER PRIMARY KEY, device TEXT NOT NULL, uuid TEXT, code TEXT NOT NULL,
      text TEXT NOT NULL, UNIQUE (device, uuid))""",
    "PRAGMA user_version = " + VERSION,
  };

  private final Path file;
  private final Statements statements;

  private PythonTables(Path file, Statements statements) {
    this.file = file;
    this.statements = statements;
  }

  /** Opens or makes the file. */
  static PythonTables open(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setGetGeneratedKeys(false);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
      PythonTables tables = new PythonTables(file, new Statements(connection));
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
        if (row.next() && row.getInt(1) > VERSION) {
          throw new JournalException(
              file.toString(),
              "is of a newer Smollama; use that one, or move the file away: it is made anew",
              false);
        }
      }
      for (String step : SCHEMA) {
        statement.execute(step);
      }
    }
  }

  /** Does something in one transaction, on durable storage when this returns. */
  <T> T write(SqlWork<T> work) {
    try {
      return SqlWork.writing(statements.connection(), work);
    } catch (SQLException e) {
      throw StorageFailure.of(file, e);
    }
  }

  <T> T read(SqlWork<T> work) {
    try {
      return SqlWork.sound(work);
    } catch (SQLException e) {
      throw StorageFailure.of(file, e);
    }
  }

  /** Changes rows; how many. */
  int update(String sql, Object... values) throws SQLException {
    return bound(sql, values).executeUpdate();
  }

  /** The number in the first column of the first row; empty if there is none. */
  Optional<Long> number(String sql, Object... values) throws SQLException {
    try (ResultSet row = bound(sql, values).executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      long number = row.getLong(1);
      return row.wasNull() ? Optional.empty() : Optional.of(number);
    }
  }

  /** A statement that is to be used before the next of the same words. */
  PreparedStatement bound(String sql, Object... values) throws SQLException {
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
