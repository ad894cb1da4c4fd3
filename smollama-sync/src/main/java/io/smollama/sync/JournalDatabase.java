package io.smollama.sync;

import io.smollama.core.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite file of a journal: made in one step, looked at without being changed, and only then
 * opened.
 */
final class JournalDatabase {
  /** Tells a journal from other SQLite files: "SmLj". */
  static final int APPLICATION_ID = 0x536d4c6a;

  static final int VERSION = 1;

  private static final String[] SCHEMA = {
    """
    CREATE TABLE meta (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      replica_id BLOB NOT NULL, incarnation INTEGER NOT NULL,
      boot INTEGER NOT NULL, lamport INTEGER NOT NULL)""",
    """
    CREATE TABLE head (
      origin BLOB NOT NULL, stream INTEGER NOT NULL, seq INTEGER NOT NULL, id BLOB NOT NULL,
      PRIMARY KEY (origin, stream)) WITHOUT ROWID""",
    // Rows are far larger than WITHOUT ROWID is good for, and arrive in the order of their rowids.
    """
    CREATE TABLE entry (
      origin BLOB NOT NULL, stream INTEGER NOT NULL, seq INTEGER NOT NULL,
      id BLOB NOT NULL, version INTEGER NOT NULL, prev BLOB NOT NULL, lamport INTEGER NOT NULL,
      boot INTEGER NOT NULL, mono INTEGER NOT NULL, wall INTEGER, quality INTEGER NOT NULL,
      type TEXT NOT NULL, flags INTEGER NOT NULL, payload_hash BLOB NOT NULL, payload BLOB,
      PRIMARY KEY (origin, stream, seq))""",
    "PRAGMA application_id = " + APPLICATION_ID,
    "PRAGMA user_version = " + VERSION,
  };

  private JournalDatabase() {}

  /** Makes the file if there is none, else makes sure that it is a journal of this version. */
  static void prepare(Path file, boolean closedCleanly) {
    if (Files.isDirectory(file)) {
      throw new JournalException(file.toString(), "is a folder; name a file", false);
    }
    try {
      if (Files.notExists(file) || Files.size(file) == 0) {
        create(file);
      }
      inspect(file, closedCleanly);
    } catch (IOException e) {
      throw StorageFailure.of(file, e);
    } catch (SQLException e) {
      throw StorageFailure.of(file, e);
    }
  }

  /** Under another name first, so that a power cut leaves a whole journal or none. */
  private static void create(Path file) throws IOException, SQLException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
    setAside(file.resolveSibling(file.getFileName() + "-wal"));
    try (Connection connection = config().createConnection(url(next));
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      for (String step : SCHEMA) {
        statement.execute(step);
      }
      statement.execute("COMMIT");
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The log of a database that somebody took away would be played into the new one. */
  private static void setAside(Path wal) throws IOException {
    if (Files.exists(wal)) {
      Path aside = wal.resolveSibling(wal.getFileName() + ".orphaned");
      Files.move(wal, aside, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void inspect(Path file, boolean closedCleanly) throws SQLException {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    try (Connection connection = config.createConnection(url(file))) {
      SqliteVersion.require(file, text(connection, "SELECT sqlite_version()"));
      if (number(connection, "PRAGMA application_id") != APPLICATION_ID) {
        throw new JournalException(
            file.toString(),
            "is a SQLite file of another program, not a Smollama journal; name another file",
            false);
      }
      long version = number(connection, "PRAGMA user_version");
      if (version != VERSION) {
        throw new JournalException(
            file.toString(),
            "has journal version %d, this Smollama reads %d; use the Smollama that wrote it"
                .formatted(version, VERSION),
            false);
      }
      String check = closedCleanly ? "ok" : text(connection, "PRAGMA quick_check(1)");
      if (!check.equals("ok")) {
        throw StorageFailure.damaged(file, check.replace('\n', ' '), null);
      }
    }
  }

  static Connection openWriter(Path file) throws SQLException {
    SQLiteConfig config = config();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    return config.createConnection(url(file));
  }

  static Connection openReader(Path file) throws SQLException {
    Connection connection = config().createConnection(url(file));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = 1");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(5_000);
    config.setGetGeneratedKeys(false);
    return config;
  }

  private static String url(Path file) {
    return "jdbc:sqlite:" + file.toAbsolutePath();
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getString(1);
    }
  }

  private static long number(Connection connection, String query) throws SQLException {
    return Long.parseLong(text(connection, query));
  }
}
