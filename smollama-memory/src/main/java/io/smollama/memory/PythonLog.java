package io.smollama.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Entries of the log of Smollama for Python: readings, observations and memories of all nodes. */
final class PythonLog {
  private static final double USUAL_CONFIDENCE = 0.5;

  private PythonLog() {}

  /** An entry as a line; empty if a memory has no place for it. */
  static Optional<ArchiveLine> line(ResultSet row, ZoneId zone) throws SQLException {
    JsonNode payload = PythonValue.tree(row.getString("payload"));
    Instant time = TimeText.parse("created_at", row.getString("created_at"), zone);
    return switch (row.getString("event_type")) {
      case "observation" -> knowledge(row, payload, time, KnowledgeKind.OBSERVATION);
      case "memory" -> knowledge(row, payload, time, KnowledgeKind.MEMORY);
      case "reading" -> reading(payload, time);
      default -> Optional.empty();
    };
  }

  private static Optional<ArchiveLine> knowledge(
      ResultSet row, JsonNode payload, Instant time, KnowledgeKind kind) throws SQLException {
    String text = payload.path("text").asText(payload.path("fact").asText(""));
    if (text.isBlank()) {
      return Optional.empty();
    }
    List<SourceId> sources = new ArrayList<>();
    payload.path("related_sources").forEach(source -> sources.add(SourceId.parse(source.asText())));
    return Optional.of(
        PythonRecord.of(
            key(row, payload),
            kind,
            text,
            payload.path("type").asText(),
            payload.path("confidence").asDouble(USUAL_CONFIDENCE),
            payload.path("times_confirmed").asInt(1),
            payload.path("active").asBoolean(true),
            time,
            sources,
            row.getString("node_id")));
  }

  /** What came to that node from a log like ours bears the id that it has there. */
  private static String key(ResultSet row, JsonNode payload) throws SQLException {
    String entry = payload.path("entry").asText();
    return entry.matches("[0-9a-f]{64}")
        ? entry
        : RecordKey.of("python", "log", row.getString("uuid"));
  }

  private static Optional<ArchiveLine> reading(JsonNode payload, Instant written) {
    String source =
        payload.has("source_type") && payload.has("source_id")
            ? payload.path("source_type").asText() + ":" + payload.path("source_id").asText()
            : payload.path("full_id").asText();
    if (source.isBlank() || payload.path("value").isMissingNode()) {
      return Optional.empty();
    }
    String unit = payload.path("unit").asText("");
    Instant time =
        payload.path("timestamp").isTextual()
            ? TimeText.parse("timestamp", payload.path("timestamp").asText())
            : written;
    return Optional.of(
        new ReadingRecord(
            new Reading(
                SourceId.parse(source),
                PythonValue.parse(payload.path("value").toString(), unit),
                unit,
                time,
                Map.of()),
            PythonValue.rounded(payload.path("value").toString())));
  }
}
