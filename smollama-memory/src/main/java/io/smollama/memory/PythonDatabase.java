package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sqlite.SQLiteConfig;

/**
 * Reads the database of Smollama for Python; never writes to it. Its tables of vectors are left
 * alone: they need an extension, and vectors are made anew here. Immutable.
 */
public final class PythonDatabase {
  private static final String READINGS = "SELECT * FROM readings_log ORDER BY id";
  private static final String OBSERVATIONS = "SELECT * FROM observations ORDER BY id";
  private static final String MEMORIES = "SELECT * FROM memories ORDER BY id";

  private PythonDatabase() {}

  /** Whether a file is one; it is only read. False for a file that is missing or unreadable. */
  public static boolean is(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (Connection connection = open(file);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'readings_log'")) {
      return rows.next();
    } catch (SQLException e) {
      return false; // what is wrong with it is said when it is opened
    }
  }

  /**
   * Reads everything in it: readings, observations, memories, each in the order of their writing.
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
      each(connection, file, READINGS, row -> taker.accept(reading(row, zone)));
      each(connection, file, OBSERVATIONS, row -> taker.accept(observation(row, zone)));
      each(connection, file, MEMORIES, row -> taker.accept(memory(row)));
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

  private static void each(Connection connection, Path file, String sql, Taker taker)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        try {
          taker.take(rows);
        } catch (IllegalArgumentException e) {
          String table = sql.split(" ")[3];
          throw new MemoryException(
              file.toString(),
              "row %d of %s: %s".formatted(rows.getLong("id"), table, e.getMessage()),
              false,
              e);
        }
      }
    }
  }

  private static ReadingRecord reading(ResultSet row, ZoneId zone) throws SQLException {
    String unit = Optional.ofNullable(row.getString("unit")).orElse("");
    return new ReadingRecord(
        new Reading(
            new SourceId(row.getString("source_type"), row.getString("source_id")),
            PythonValue.parse(row.getString("value"), unit),
            unit,
            TimeText.parse("timestamp", row.getString("timestamp"), zone),
            PythonValue.words(row.getString("metadata"))));
  }

  private static KnowledgeRecord observation(ResultSet row, ZoneId zone) throws SQLException {
    String type = row.getString("observation_type");
    return new KnowledgeRecord(
        key(row, "observation"),
        KnowledgeKind.OBSERVATION,
        row.getString("text"),
        ObservationType.ofWord(type).orElse(ObservationType.GENERAL),
        share(row),
        1,
        true,
        Optional.of(TimeText.parse("timestamp", row.getString("timestamp"), zone)),
        PythonValue.list(row.getString("related_sources")).stream().map(SourceId::parse).toList(),
        List.of(),
        Optional.empty(),
        Optional.of(row.getString("node_id")),
        Provenance.MODEL,
        false,
        Optional.empty(),
        Optional.empty());
  }

  private static KnowledgeRecord memory(ResultSet row) throws SQLException {
    Instant created = TimeText.parse("created_at", row.getString("created_at"), ZoneOffset.UTC);
    return new KnowledgeRecord(
        key(row, "memory"),
        KnowledgeKind.MEMORY,
        row.getString("text"),
        ObservationType.GENERAL,
        share(row),
        Math.max(1, row.getInt("times_confirmed")),
        row.getInt("active") != 0,
        Optional.of(created),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.of(row.getString("node_id")),
        Provenance.MODEL,
        false,
        Optional.empty(),
        Optional.empty());
  }

  /** A row is the same row however often it is read, and another one in another database. */
  private static Optional<String> key(ResultSet row, String kind) throws SQLException {
    return Optional.of(
        RecordKey.of(
            "python",
            kind,
            row.getString("node_id"),
            row.getString("id"),
            row.getString("created_at"),
            row.getString("text")));
  }

  private static double share(ResultSet row) throws SQLException {
    return Math.max(0, Math.min(1, row.getDouble("confidence")));
  }
}
