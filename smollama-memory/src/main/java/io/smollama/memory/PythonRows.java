package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Rows of the memory of Smollama for Python. */
final class PythonRows {
  private PythonRows() {}

  static ReadingRecord reading(ResultSet row, ZoneId zone) throws SQLException {
    String unit = Optional.ofNullable(row.getString("unit")).orElse("");
    return new ReadingRecord(
        new Reading(
            new SourceId(row.getString("source_type"), row.getString("source_id")),
            PythonValue.parse(row.getString("value"), unit),
            unit,
            TimeText.parse("timestamp", row.getString("timestamp"), zone),
            PythonValue.words(row.getString("metadata"))));
  }

  static KnowledgeRecord observation(ResultSet row, ZoneId zone) throws SQLException {
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

  static KnowledgeRecord memory(ResultSet row) throws SQLException {
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
