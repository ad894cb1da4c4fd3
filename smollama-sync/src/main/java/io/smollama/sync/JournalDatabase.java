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
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite file of a journal: made in one step, looked at without being changed, brought up to
 * date if it is of an earlier version, and only then opened.
 */
final class JournalDatabase {
  /** The log goes into the file at 16 MB: what was written often by then is written once. */
  private static final int LOG_PAGES = 4_000;

  private JournalDatabase() {}

  /** Makes the file if there is none, else makes sure that it is a journal, and of this version. */
  static void prepare(Path file, boolean closedCleanly) {
    if (Files.isDirectory(file)) {
      throw new JournalException(file.toString(), "is a folder; name a file", false);
    }
    try {
      if (Files.notExists(file) || Files.size(file) == 0) {
        create(file);
      }
      if (inspect(file, closedCleanly) < JournalSchema.VERSION) {
        JournalUpgrade.run(file);
      }
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
    try (Connection connection = openNew(next)) {
      List<String> steps = new ArrayList<>(JournalSchema.TABLES);
      steps.add(JournalSchema.INDEX);
      steps.addAll(JournalSchema.MARKS);
      inOneTransaction(connection, steps);
    }
    replace(file, next);
  }

  /** A file takes the place of another in one step. */
  static void replace(Path file, Path next) throws IOException {
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    FolderSync.sync(file.toAbsolutePath().getParent());
  }

  static void inOneTransaction(Connection connection, List<String> steps) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      for (String step : steps) {
        statement.execute(step);
      }
      statement.execute("COMMIT");
    }
  }

  /** The log of a database that somebody took away would be played into the new one. */
  private static void setAside(Path wal) throws IOException {
    if (Files.exists(wal)) {
      Path aside = wal.resolveSibling(wal.getFileName() + ".orphaned");
      Files.move(wal, aside, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Says of a journal of which version it is; refuses what is none or cannot be read. */
  private static long inspect(Path file, boolean closedCleanly) throws SQLException {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    try (Connection connection = config.createConnection(url(file))) {
      SqliteVersion.require(file, text(connection, "SELECT sqlite_version()"));
      if (number(connection, "PRAGMA application_id") != JournalSchema.APPLICATION_ID) {
        throw new JournalException(
            file.toString(),
            "is a SQLite file of another program, not a Smollama journal; name another file",
            false);
      }
      long version = number(connection, "PRAGMA user_version");
      if (version < 1 || version > JournalSchema.VERSION) {
        throw new JournalException(
            file.toString(),
            "has journal version %d, this Smollama reads up to %d; use the Smollama that wrote it"
                .formatted(version, JournalSchema.VERSION),
            false);
      }
      String check = closedCleanly ? "ok" : text(connection, "PRAGMA quick_check(1)");
      if (!check.equals("ok")) {
        throw StorageFailure.damaged(file, check.replace('\n', ' '), null);
      }
      return version;
    }
  }

  /** Refuses to look into a file that is of an earlier version, without changing it. */
  static void requireToday(Path file) throws SQLException {
    if (inspect(file, true) < JournalSchema.VERSION) {
      throw new JournalException(
          file.toString(),
          "is of an older form; open it once for writing, which brings it up to date",
          false);
    }
  }

  static Connection openNew(Path file) throws SQLException {
    return config().createConnection(url(file));
  }

  static Connection openWriter(Path file) throws SQLException {
    SQLiteConfig config = config();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    Connection connection = config.createConnection(url(file));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = " + LOG_PAGES);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
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
