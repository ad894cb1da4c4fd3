package io.smollama.memory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.sqlite.SQLiteConfig;

/**
 * Reads the databases of Smollama for Python, its memory and its log; never writes to them. Its
 * tables of vectors are left alone: they need an extension, and vectors are made anew here.
 * Immutable.
 */
public final class PythonDatabase {
  private static final String READINGS = "SELECT * FROM readings_log ORDER BY id";
  private static final String OBSERVATIONS = "SELECT * FROM observations ORDER BY id";
  private static final String MEMORIES = "SELECT * FROM memories ORDER BY id";
  private static final String LOG =
      "SELECT rowid AS id, crdt_log.id AS uuid, * FROM crdt_log ORDER BY lamport_ts, uuid";

  private PythonDatabase() {}

  /** Whether a file is one; it is only read. False for a file that is missing or unreadable. */
  public static boolean is(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (Connection connection = open(file)) {
      return has(connection, "readings_log") || has(connection, "crdt_log");
    } catch (SQLException e) {
      return false; // what is wrong with it is said when it is opened
    }
  }

  /**
   * Reads everything in it: readings, observations and memories, or the entries of its log, each in
   * the order of their writing. A log entry without a text, or a reading without a source, has no
   * place in a memory and is passed over.
   *
   * @param zone where the machine stood that wrote it: most of its times have no offset
   * @throws MemoryException if it is no such database, or is damaged; names the row
   */
  public static void read(Path file, ZoneId zone, Consumer<ArchiveLine> taker) {
    if (!is(file)) {
      throw new MemoryException(
          file.toString(), "is no database of Smollama for Python", false, null);
    }
    try (Connection connection = open(file)) {
      if (has(connection, "readings_log")) {
        each(connection, file, READINGS, row -> taker.accept(PythonRows.reading(row, zone)));
        each(
            connection, file, OBSERVATIONS, row -> taker.accept(PythonRows.observation(row, zone)));
        each(connection, file, MEMORIES, row -> taker.accept(PythonRows.memory(row)));
      }
      if (has(connection, "crdt_log")) {
        each(connection, file, LOG, row -> PythonLog.line(row, zone).ifPresent(taker));
      }
    } catch (SQLException e) {
      throw new MemoryException(file.toString(), "cannot be read: " + e.getMessage(), false, e);
    }
  }

  /** What is done with a row. */
  private interface Taker {
    void take(ResultSet row) throws SQLException;
  }

  private static Connection open(Path file) throws SQLException {
    SQLiteConfig readOnly = new SQLiteConfig();
    readOnly.setReadOnly(true);
    return readOnly.createConnection("jdbc:sqlite:" + file);
  }

  private static boolean has(Connection connection, String table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM sqlite_schema WHERE name = ?")) {
      query.setString(1, table);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void each(Connection connection, Path file, String sql, Taker taker)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        try {
          taker.take(rows);
        } catch (IllegalArgumentException e) {
          String table = sql.replaceAll(".* FROM (\\w+).*", "$1");
          throw new MemoryException(
              file.toString(),
              "row %d of %s: %s".formatted(rows.getLong("id"), table, e.getMessage()),
              false,
              e);
        }
      }
    }
  }
}
