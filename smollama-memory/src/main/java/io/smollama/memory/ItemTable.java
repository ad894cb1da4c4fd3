package io.smollama.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.core.DatedTime;
import io.smollama.core.EntryId;
import io.smollama.core.ReplicaId;
import io.smollama.core.SourceId;
import io.smollama.core.TimeCertainty;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of observations and facts. */
final class ItemTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ItemTable() {}

  /** The lasting number of what an entry brought into being. */
  static long number(Connection connection, EntryId entry) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement("INSERT OR IGNORE INTO item_number (entry) VALUES (?)");
        PreparedStatement find =
            connection.prepareStatement("SELECT id FROM item_number WHERE entry = ?")) {
      insert.setString(1, entry.hex());
      insert.executeUpdate();
      find.setString(1, entry.hex());
      try (ResultSet row = find.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Writes a row; whether it is new or differs from what it was. */
  static boolean put(Connection connection, long number, ItemState state) throws SQLException {
    if (find(connection, number).filter(state::equals).isPresent()) {
      return false;
    }
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO item (id, entry, kind, type, text, confidence, confirmed,"
                + " lamport, origin, node, sources, provenance, shown, tainted, ref, tags, time,"
                + " hidden_from, valid_from, valid_to, frame, time_certainty, time_within)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      upsert.setLong(1, number);
      upsert.setString(2, state.entry().hex());
      upsert.setInt(3, state.kind().ordinal());
      upsert.setString(4, state.type());
      upsert.setString(5, state.text());
      upsert.setInt(6, state.confidence());
      upsert.setInt(7, state.confirmed());
      upsert.setLong(8, state.lamport());
      upsert.setString(9, state.origin().hex());
      upsert.setString(10, state.node());
      upsert.setString(11, json(state.sources()));
      upsert.setString(12, state.provenance());
      upsert.setBoolean(13, state.hiddenFrom().isEmpty());
      upsert.setBoolean(14, state.tainted());
      upsert.setString(15, state.ref());
      upsert.setString(16, json(state.tags()));
      setInstant(upsert, 17, state.time());
      setInstant(upsert, 18, state.hiddenFrom());
      setInstant(upsert, 19, state.validFrom());
      setInstant(upsert, 20, state.validTo());
      boolean fact = state.kind() == KnowledgeKind.MEMORY;
      upsert.setString(21, fact ? FactWords.frame(state.text()) : null);
      upsert.setString(22, state.when().certainty().kind().word());
      setMillis(upsert, 23, state.when().certainty().within().map(Duration::toMillis));
      upsert.executeUpdate();
    }
    putSources(connection, number, state.sources());
    ItemText.put(connection, number, state.text());
    return true;
  }

  private static void putSources(Connection connection, long number, List<String> sources)
      throws SQLException {
    delete(connection, "item_source WHERE item", number);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR IGNORE INTO item_source VALUES (?, ?)")) {
      for (String source : sources) {
        insert.setString(1, source);
        insert.setLong(2, number);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Takes a row away; whether there was one. */
  static boolean remove(Connection connection, long number) throws SQLException {
    delete(connection, "item_source WHERE item", number);
    ItemText.remove(connection, number);
    return delete(connection, "item WHERE id", number) > 0;
  }

  private static int delete(Connection connection, String where, long number) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + where + " = ?")) {
      delete.setLong(1, number);
      return delete.executeUpdate();
    }
  }

  static Optional<ItemState> find(Connection connection, long number) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT * FROM item WHERE id = ?")) {
      query.setLong(1, number);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
      }
    }
  }

  static ItemState read(ResultSet row) throws SQLException {
    return new ItemState(
        new EntryId(row.getString("entry")),
        KnowledgeKind.values()[row.getInt("kind")],
        row.getString("type"),
        row.getString("text"),
        row.getInt("confidence"),
        row.getInt("confirmed"),
        new DatedTime(instant(row, "time"), certainty(row)),
        row.getLong("lamport"),
        new ReplicaId(row.getString("origin")),
        row.getString("node"),
        list(row.getString("sources")),
        row.getString("provenance"),
        instant(row, "hidden_from"),
        instant(row, "valid_from"),
        instant(row, "valid_to"),
        row.getBoolean("tainted"),
        row.getString("ref"),
        list(row.getString("tags")));
  }

  private static TimeCertainty certainty(ResultSet row) throws SQLException {
    TimeCertainty.Kind kind = TimeCertainty.kindOf(row.getString("time_certainty"));
    long within = row.getLong("time_within");
    return new TimeCertainty(
        kind, row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(within)));
  }

  private static void setInstant(PreparedStatement statement, int column, Optional<Instant> time)
      throws SQLException {
    setMillis(statement, column, time.map(Instant::toEpochMilli));
  }

  private static void setMillis(PreparedStatement statement, int column, Optional<Long> millis)
      throws SQLException {
    if (millis.isPresent()) {
      statement.setLong(column, millis.get());
    } else {
      statement.setNull(column, Types.INTEGER);
    }
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long milliseconds = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(milliseconds));
  }

  private static String json(List<String> texts) {
    try {
      return JSON.writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A list of texts is always JSON", e);
    }
  }

  private static List<String> list(String json) throws SQLException {
    try {
      return List.copyOf(JSON.readValue(json, new TypeReference<List<String>>() {}));
    } catch (JsonProcessingException e) {
      throw new SQLException("A list in the table of items is no JSON", e);
    }
  }

  /** The sources that items are about and that this version can name, in order. */
  static List<SourceId> sources(Connection connection) throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement("SELECT DISTINCT source FROM item_source");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found.stream().flatMap(name -> ItemState.source(name).stream()).sorted().toList();
  }
}
