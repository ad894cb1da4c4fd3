package io.smollama.memory;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** The tables of a memory file and how an older file is brought up to date. */
final class Schema {
  /** Marks a SQLite file as a memory of Smollama: "SmMe". */
  private static final int APPLICATION_ID = 0x536D4D65;

  private static final String META =
      "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID";

  /** What a file goes through from nothing to today; its place in the list is its version. */
  private static final List<List<String>> MIGRATIONS =
      List.of(
          joined(List.of(List.of(META), HistoryTables.VERSION_1, KnowledgeTables.VERSION_1)),
          joined(
              List.of(HistoryTables.VERSION_2, KnowledgeTables.VERSION_2, RecallTables.VERSION_2)),
          List.of(), // the tables are the same, see SketchMigration
          KnowledgeTables.VERSION_4,
          HistoryTables.VERSION_5,
          KnowledgeTables.VERSION_6,
          HistoryTables.VERSION_7);

  /** The tables that cannot be made anew from others, and the columns that order each. */
  static final Map<String, String> LASTING =
      Map.of(
          "source", "id",
          "staged", "id",
          "chunk", "id",
          "rollup", "id",
          "event", "number",
          "item_number", "id");

  private static final int VERSION = MIGRATIONS.size();

  private Schema() {}

  /** Refuses a file of another program or of a newer version, before anything is written to it. */
  static void requireOurs(Path file, Connection connection) throws SQLException {
    int version = pragma(connection, "user_version");
    if (pragma(connection, "application_id") != APPLICATION_ID) {
      requireEmpty(file, connection);
    } else if (version > VERSION) {
      throw new MemoryException(
          file.toString(),
          "was written by a newer Smollama (format %d, this one knows %d); update this program"
              .formatted(version, VERSION),
          false,
          null);
    }
  }

  /** Whether a file is a memory of today's form. */
  static boolean isToday(Connection connection) throws SQLException {
    return pragma(connection, "application_id") == APPLICATION_ID
        && pragma(connection, "user_version") == VERSION
        && foldVersion(connection) == KnowledgeTables.FOLD_VERSION;
  }

  /** Refuses a file that its owner would bring up to date when opening it. */
  static void requireToday(Path file, Connection connection) throws SQLException {
    int version = pragma(connection, "user_version");
    if (version != VERSION || foldVersion(connection) != KnowledgeTables.FOLD_VERSION) {
      throw new MemoryException(
          file.toString(),
          "is of an older form; open it once for writing, which brings it up to date",
          false,
          null);
    }
  }

  /** Brings a file of any earlier version, or an empty one, to today's tables and folds. */
  static void prepare(Connection writer) throws SQLException {
    boolean ours = pragma(writer, "application_id") == APPLICATION_ID;
    int version = ours ? pragma(writer, "user_version") : 0;
    if (version == VERSION && foldVersion(writer) == KnowledgeTables.FOLD_VERSION) {
      return;
    }
    writer.setAutoCommit(false);
    for (List<String> step : MIGRATIONS.subList(version, VERSION)) {
      run(writer, step);
    }
    if (version < 2) {
      HistoryMigration.toVersion2(writer);
    }
    if (version < 3) {
      SketchMigration.toVersion3(writer);
    }
    run(writer, KnowledgeTables.DROP_VIEWS);
    run(writer, KnowledgeTables.VIEWS);
    KnowledgeFold.rebuild(writer);
    run(
        writer,
        List.of(
            "INSERT OR REPLACE INTO meta VALUES ('fold_version', '"
                + KnowledgeTables.FOLD_VERSION
                + "')",
            "PRAGMA application_id = " + APPLICATION_ID,
            "PRAGMA user_version = " + VERSION));
    writer.commit();
    writer.setAutoCommit(true);
  }

  /** Lets the next start read from the journal what the clocks of its writers were like. */
  static void readClocksAnew(Connection writer) throws SQLException {
    run(writer, List.of(KnowledgeTables.CLOCKS_UNREAD));
  }

  static boolean areClocksUnread(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1 FROM meta WHERE key = 'clocks'")) {
      return rows.next();
    }
  }

  static void clocksRead(Connection writer) throws SQLException {
    run(writer, List.of("DELETE FROM meta WHERE key = 'clocks'"));
  }

  private static List<String> joined(List<List<String>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  private static void requireEmpty(Path file, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT group_concat(name) FROM sqlite_schema")) {
      String names = rows.next() ? rows.getString(1) : null;
      if (names != null) {
        boolean python = names.contains("readings_log");
        throw new MemoryException(
            file.toString(),
            python
                ? "is the database of Smollama for Python. It was left as it is; name another file"
                    + " as memory.db_path"
                : "is a SQLite file of another program. It was left as it is; name another file as"
                    + " memory.db_path",
            false,
            null);
      }
    }
  }

  private static int foldVersion(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT value FROM meta WHERE key = 'fold_version'")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private static int pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA " + name)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private static void run(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }
}
