package io.smollama.memory;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of a memory file and how an older file is brought up to date. */
final class Schema {
  /** Marks a SQLite file as a memory of Smollama: "SmMe". */
  private static final int APPLICATION_ID = 0x536D4D65;

  private static final int VERSION = 1;

  /** Rises whenever a fold changes, so that the views are made anew from the journal. */
  private static final int FOLD_VERSION = 1;

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
          "CREATE TABLE source (id INTEGER PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL,"
              + " unit TEXT NOT NULL, metadata TEXT NOT NULL, UNIQUE (type, name))",
          // time in ms since 1970; kind 0 quantity (NULL is NaN), 1 flag, 2 text, 3 JSON
          "CREATE TABLE reading (source INTEGER NOT NULL, time INTEGER NOT NULL,"
              + " kind INTEGER NOT NULL, value, PRIMARY KEY (source, time)) WITHOUT ROWID",
          // the journal of a memory that is used alone; empty where a node brings its own
          "CREATE TABLE local_journal (stream INTEGER NOT NULL, seq INTEGER NOT NULL,"
              + " id TEXT NOT NULL, lamport INTEGER NOT NULL, wall INTEGER NOT NULL,"
              + " type TEXT NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (stream, seq))"
              + " WITHOUT ROWID");

  /** Everything that is folded from the journal. */
  private static final List<String> VIEWS =
      List.of(
          "CREATE TABLE applied (origin TEXT NOT NULL, stream INTEGER NOT NULL,"
              + " seq INTEGER NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (origin, stream))"
              + " WITHOUT ROWID",
          "CREATE TABLE item (id INTEGER PRIMARY KEY, entry TEXT NOT NULL UNIQUE,"
              + " kind INTEGER NOT NULL, type TEXT NOT NULL, text TEXT NOT NULL,"
              + " confidence INTEGER NOT NULL, time INTEGER, lamport INTEGER NOT NULL,"
              + " origin TEXT NOT NULL, node TEXT NOT NULL, sources TEXT NOT NULL,"
              + " provenance TEXT NOT NULL)",
          "CREATE INDEX item_by_kind ON item (kind, lamport)",
          "CREATE TABLE confirmation (target TEXT NOT NULL, origin TEXT NOT NULL,"
              + " times INTEGER NOT NULL, PRIMARY KEY (target, origin)) WITHOUT ROWID",
          "CREATE VIRTUAL TABLE item_text USING fts5(text, content='item', content_rowid='id',"
              + " tokenize=\"porter unicode61 remove_diacritics 2\")",
          "CREATE TABLE vector (item INTEGER NOT NULL, model TEXT NOT NULL, value BLOB NOT NULL,"
              + " PRIMARY KEY (item, model)) WITHOUT ROWID");

  private static final List<String> VIEW_NAMES =
      List.of("vector", "item_text", "confirmation", "item", "applied");

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

  /** Makes the tables of a new file, and the views of one whose folds have changed. */
  static void prepare(Connection writer) throws SQLException {
    if (pragma(writer, "application_id") != APPLICATION_ID) {
      writer.setAutoCommit(false);
      run(writer, TABLES);
      run(writer, VIEWS);
      run(
          writer,
          List.of(
              "INSERT INTO meta VALUES ('fold_version', '" + FOLD_VERSION + "')",
              "PRAGMA application_id = " + APPLICATION_ID,
              "PRAGMA user_version = " + VERSION));
      writer.commit();
      writer.setAutoCommit(true);
    } else if (foldVersion(writer) != FOLD_VERSION) {
      forgetViews(writer);
    }
  }

  private static void forgetViews(Connection writer) throws SQLException {
    writer.setAutoCommit(false);
    run(writer, VIEW_NAMES.stream().map(name -> "DROP TABLE " + name).toList());
    run(writer, VIEWS);
    run(
        writer,
        List.of("UPDATE meta SET value = '" + FOLD_VERSION + "' WHERE key = 'fold_version'"));
    writer.commit();
    writer.setAutoCommit(true);
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
