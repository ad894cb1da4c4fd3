package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
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
            PythonValue.words(row.getString("metadata"))),
        PythonValue.rounded(row.getString("value")));
  }

  static KnowledgeRecord observation(ResultSet row, ZoneId zone) throws SQLException {
    return PythonRecord.of(
        key(row, "observation"),
        KnowledgeKind.OBSERVATION,
        row.getString("text"),
        row.getString("observation_type"),
        row.getDouble("confidence"),
        1,
        true,
        TimeText.parse("timestamp", row.getString("timestamp"), zone),
        PythonValue.list(row.getString("related_sources")).stream().map(SourceId::parse).toList(),
        row.getString("node_id"));
  }

  static KnowledgeRecord memory(ResultSet row) throws SQLException {
    return PythonRecord.of(
        key(row, "memory"),
        KnowledgeKind.MEMORY,
        row.getString("text"),
        ObservationType.GENERAL.word(),
        row.getDouble("confidence"),
        row.getInt("times_confirmed"),
        row.getInt("active") != 0,
        TimeText.parse("created_at", row.getString("created_at"), ZoneOffset.UTC),
        List.of(),
        row.getString("node_id"));
  }

  /** A row is the same row however often it is read, and another one in another database. */
  private static String key(ResultSet row, String kind) throws SQLException {
    return RecordKey.of(
        "python",
        kind,
        row.getString("node_id"),
        row.getString("id"),
        row.getString("created_at"),
        row.getString("text"));
  }
}
