package io.smollama.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The dimension table of the sources, kept in memory: a reading names its source by a number. */
final class SourceTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<SourceId, Row> rows = new ConcurrentHashMap<>();

  /** One source: its number and what all its readings share. */
  record Row(int id, SourceId source, String unit, Map<String, String> metadata) {
    Reading reading(ResultSet row) throws SQLException {
      Instant time = Instant.ofEpochMilli(row.getLong("time"));
      return new Reading(source, StoredValue.read(row), unit, time, metadata);
    }
  }

  @Nullable Void load(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT * FROM source");
        ResultSet found = query.executeQuery()) {
      rows.clear();
      while (found.next()) {
        SourceId source = new SourceId(found.getString("type"), found.getString("name"));
        rows.put(
            source,
            new Row(
                found.getInt("id"),
                source,
                found.getString("unit"),
                parse(found.getString("metadata"))));
      }
    }
    return null;
  }

  Optional<Row> find(SourceId source) {
    return Optional.ofNullable(rows.get(source));
  }

  List<Row> all() {
    return List.copyOf(rows.values());
  }

  /** Gives the source of a reading a number, and unit and metadata of this, its newest reading. */
  Row keep(Connection connection, Reading reading) throws SQLException {
    Row known = rows.get(reading.source());
    Map<String, String> metadata = lasting(reading);
    if (known != null && known.unit().equals(reading.unit()) && known.metadata().equals(metadata)) {
      return known;
    }
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT INTO source (type, name, unit, metadata) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (type, name) DO UPDATE SET unit = excluded.unit,"
                + " metadata = excluded.metadata RETURNING id")) {
      upsert.setString(1, reading.source().type());
      upsert.setString(2, reading.source().id());
      upsert.setString(3, reading.unit());
      upsert.setString(4, write(metadata));
      try (ResultSet row = upsert.executeQuery()) {
        row.next();
        Row kept = new Row(row.getInt(1), reading.source(), reading.unit(), metadata);
        rows.put(reading.source(), kept);
        return kept;
      }
    }
  }

  /** Why one reading is doubted is not so of the others. */
  private static Map<String, String> lasting(Reading reading) {
    if (!reading.metadata().containsKey(Reading.DOUBT)) {
      return reading.metadata();
    }
    Map<String, String> lasting = new TreeMap<>(reading.metadata());
    lasting.remove(Reading.DOUBT);
    return Map.copyOf(lasting);
  }

  private static String write(Map<String, String> metadata) {
    try {
      return JSON.writeValueAsString(metadata);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of strings is always JSON", e);
    }
  }

  private static Map<String, String> parse(String json) throws SQLException {
    try {
      return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new SQLException("Source metadata is no JSON: " + json, e);
    }
  }
}
