package io.smollama.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.core.EntryId;
import io.smollama.core.SourceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads observations and facts from their rows. */
final class Knowledge {
  /** No origin can confirm a fact more often than this: a looping model cannot vote itself true. */
  private static final int MOST_CONFIRMATIONS_PER_ORIGIN = 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** An item with what its confirmations add up to. */
  static final String SELECT =
      "SELECT item.*, 1 + coalesce((SELECT sum(min(times, "
          + MOST_CONFIRMATIONS_PER_ORIGIN
          + ")) FROM confirmation WHERE target = item.entry), 0) AS confirmed FROM item ";

  private Knowledge() {}

  static List<Observation> observations(
      Connection connection, Optional<ObservationType> type, Instant since, int limit)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            SELECT
                + "WHERE kind = 0 AND (? = '' OR type = ?) AND coalesce(time, ?) >= ?"
                + " ORDER BY lamport DESC, id DESC LIMIT ?")) {
      String word = type.map(ObservationType::word).orElse("");
      query.setString(1, word);
      query.setString(2, word);
      query.setLong(3, Long.MAX_VALUE);
      query.setLong(4, since.toEpochMilli());
      query.setInt(5, limit);
      List<Observation> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(observation(rows));
        }
      }
      return found;
    }
  }

  static List<Memory> memories(Connection connection, int limit) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            SELECT + "WHERE kind = 1 ORDER BY lamport DESC, id DESC LIMIT ?")) {
      query.setInt(1, limit);
      List<Memory> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(memory(rows));
        }
      }
      return found;
    }
  }

  static Optional<Memory> memory(Connection connection, EntryId id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(SELECT + "WHERE kind = 1 AND entry = ?")) {
      query.setString(1, id.hex());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(memory(rows)) : Optional.empty();
      }
    }
  }

  static Optional<Memory> memory(Connection connection, long item) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(SELECT + "WHERE kind = 1 AND id = ?")) {
      query.setLong(1, item);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(memory(rows)) : Optional.empty();
      }
    }
  }

  /** The fact that was stated in the very same words, but for blanks and case. */
  static Optional<Memory> memoryInTheseWords(Connection connection, String fact)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            SELECT + "WHERE kind = 1 AND lower(trim(text)) = lower(?) ORDER BY lamport LIMIT 1")) {
      query.setString(1, fact.strip());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(memory(rows)) : Optional.empty();
      }
    }
  }

  static RecallHit hit(ResultSet row, double score, double cosine, RecallHit.Why why)
      throws SQLException {
    KnowledgeKind kind = KnowledgeKind.values()[row.getInt("kind")];
    return new RecallHit(
        new EntryId(row.getString("entry")),
        kind,
        row.getString("type"),
        row.getString("text"),
        confidence(row),
        row.getInt("confirmed"),
        time(row),
        row.getString("node"),
        row.getString("ref"),
        sources(row.getString("sources")),
        time(row, "valid_from"),
        time(row, "valid_to"),
        score,
        cosine,
        why);
  }

  private static Observation observation(ResultSet row) throws SQLException {
    return new Observation(
        new EntryId(row.getString("entry")),
        row.getString("text"),
        ObservationType.ofWord(row.getString("type")).orElse(ObservationType.GENERAL),
        confidence(row),
        sources(row.getString("sources")),
        time(row),
        row.getString("node"),
        provenance(row));
  }

  private static Memory memory(ResultSet row) throws SQLException {
    return new Memory(
        new EntryId(row.getString("entry")),
        row.getString("text"),
        confidence(row),
        row.getInt("confirmed"),
        time(row),
        row.getString("node"),
        provenance(row));
  }

  /** Base plus 50 permille for each confirmation, clamped once at the end. */
  private static double confidence(ResultSet row) throws SQLException {
    int permille = row.getInt("confidence") + 50 * (row.getInt("confirmed") - 1);
    return Math.max(0, Math.min(1000, permille)) / 1000.0;
  }

  private static Optional<Instant> time(ResultSet row) throws SQLException {
    return time(row, "time");
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    long milliseconds = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(milliseconds));
  }

  private static Provenance provenance(ResultSet row) throws SQLException {
    return Provenance.ofWord(row.getString("provenance")).orElse(Provenance.MODEL);
  }

  private static List<SourceId> sources(String json) throws SQLException {
    try {
      List<SourceId> found = new ArrayList<>();
      for (String text : JSON.readValue(json, new TypeReference<List<String>>() {})) {
        found.add(SourceId.parse(text));
      }
      return found;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return List.of(); // another node's sources that this version cannot name
    }
  }
}
