package io.smollama.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The SQLite file of an inbox: one connection, each change durable. One thread at a time. */
final class InboxFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InboxFile.class);
  private static final int VERSION = 1;
  private static final String[] SCHEMA = {
    """
    CREATE TABLE IF NOT EXISTS entry (
      number INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, key TEXT NOT NULL,
      text TEXT NOT NULL, trusted INTEGER NOT NULL, good_for INTEGER NOT NULL, id TEXT,
      count INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
      state INTEGER NOT NULL, attempts INTEGER NOT NULL, outcome TEXT)""",
    "CREATE UNIQUE INDEX IF NOT EXISTS waiting ON entry (kind, key) WHERE state = 0",
    "CREATE INDEX IF NOT EXISTS by_state ON entry (state, kind, number)",
    """
    CREATE TABLE IF NOT EXISTS seen (
      number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, id TEXT NOT NULL,
      UNIQUE (key, id))""",
    "CREATE TABLE IF NOT EXISTS dropped (kind INTEGER PRIMARY KEY, count INTEGER NOT NULL)",
    "PRAGMA user_version = " + VERSION,
  };

  private final Path file;
  private final Connection connection;

  private InboxFile(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** A file that is damaged as a whole is kept under another name, and begun anew. */
  static InboxFile open(Path file) {
    try {
      return openAsItIs(file);
    } catch (InboxException e) {
      if (!isDamage(e.getCause())) {
        throw e;
      }
      Path kept = file.resolveSibling(file.getFileName() + ".damaged");
      try {
        Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-wal"));
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
      } catch (IOException failure) {
        e.addSuppressed(failure);
        throw e;
      }
      LOG.warn("{}; it is kept as {} and begun anew", e.getMessage(), kept);
      return openAsItIs(file);
    }
  }

  private static boolean isDamage(@Nullable Throwable cause) {
    return cause instanceof SQLiteException sqlite
        && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CORRUPT
            || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB);
  }

  private static InboxFile openAsItIs(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setBusyTimeout(5_000);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
      try (Statement statement = connection.createStatement()) {
        int found = statement.executeQuery("PRAGMA user_version").getInt(1);
        if (found > VERSION) {
          connection.close();
          throw new SQLException(
              "it is of version %d, and this program knows %d; use a newer one"
                  .formatted(found, VERSION));
        }
        for (String step : SCHEMA) {
          statement.execute(step);
        }
      }
      return new InboxFile(file, connection);
    } catch (SQLException e) {
      throw new InboxException(file, e);
    }
  }

  /** Something that is done whole or not at all. */
  interface Work<T> {
    T run() throws SQLException;
  }

  <T> T writing(Work<T> work) {
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        try {
          T result = work.run();
          statement.execute("COMMIT");
          return result;
        } catch (SQLException | RuntimeException e) {
          statement.execute("ROLLBACK");
          throw e;
        }
      }
    } catch (SQLException e) {
      throw new InboxException(file, e);
    }
  }

  /** Changes rows; gives how many. */
  int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepared(sql, values)) {
      return statement.executeUpdate();
    }
  }

  /** The first column of the first row; empty if there is none. */
  Optional<Long> number(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepared(sql, values);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
    }
  }

  List<InboxEntry> entries(String where, Object... values) throws SQLException {
    List<InboxEntry> entries = new ArrayList<>();
    try (PreparedStatement statement = prepared("SELECT * FROM entry " + where, values);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        entries.add(entry(rows));
      }
    }
    return entries;
  }

  private PreparedStatement prepared(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  private static InboxEntry entry(ResultSet row) throws SQLException {
    Trigger trigger =
        new Trigger(
            Trigger.Kind.values()[row.getInt("kind")],
            row.getString("key"),
            row.getString("text"),
            row.getBoolean("trusted"),
            Duration.ofMillis(row.getLong("good_for")),
            Optional.ofNullable(row.getString("id")));
    return new InboxEntry(
        row.getLong("number"),
        trigger,
        row.getInt("count"),
        Instant.ofEpochMilli(row.getLong("first")),
        Instant.ofEpochMilli(row.getLong("last")),
        InboxEntry.State.values()[row.getInt("state")],
        row.getInt("attempts"),
        Optional.ofNullable(row.getString("outcome")));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new InboxException(file, e);
    }
  }
}
