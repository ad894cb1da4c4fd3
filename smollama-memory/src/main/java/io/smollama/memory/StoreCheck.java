package io.smollama.memory;

import io.smollama.core.EntryId;
import io.smollama.core.SourceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that what is stored says what it should, where SQLite sees only sound pages. */
final class StoreCheck {
  private static final int MOST_FAULTS = 100;

  private static final String CHUNKS =
      "SELECT chunk.id, first_time, last_time, count, readings, coalesce(type, 'unknown') AS type,"
          + " coalesce(name, chunk.source) AS name"
          + " FROM chunk LEFT JOIN source ON source.id = chunk.source";

  private StoreCheck() {}

  /** What is wrong; a line each. */
  static List<String> faults(Connection connection) throws SQLException {
    List<String> faults = new ArrayList<>();
    unreadable(connection).forEach(row -> faults.add(row.fault()));
    items(connection, faults);
    texts(connection, faults);
    return faults.size() > MOST_FAULTS ? faults.subList(0, MOST_FAULTS) : faults;
  }

  /** A row of the readings whose bytes are not what was written, and what that means. */
  record Unreadable(String table, long id, String fault) {}

  /** The rows of the readings that cannot be read, or hold less than they say. */
  static List<Unreadable> unreadable(Connection connection) throws SQLException {
    List<Unreadable> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet chunks = statement.executeQuery(CHUNKS)) {
        while (chunks.next()) {
          ofChunk(chunks).ifPresent(rows::add);
        }
      }
      try (ResultSet rollups = statement.executeQuery("SELECT id, windows FROM rollup")) {
        while (rollups.next()) {
          try {
            Rollup.decode(rollups.getBytes(2));
          } catch (DamagedBlobException e) {
            rows.add(unreadable("rollup", rollups.getLong(1), e.getMessage()));
          }
        }
      }
      try (ResultSet staged = statement.executeQuery("SELECT id, readings FROM staged")) {
        while (staged.next()) {
          try {
            StagedTable.decode(staged.getBytes(2), Map.of());
          } catch (DamagedBlobException e) {
            rows.add(unreadable("staged", staged.getLong(1), e.getMessage()));
          }
        }
      }
    }
    return rows;
  }

  private static Unreadable unreadable(String table, long id, String why) {
    return new Unreadable(table, id, "%s %d: %s".formatted(table, id, why));
  }

  private static Optional<Unreadable> ofChunk(ResultSet row) throws SQLException {
    String why;
    try {
      int held = ChunkCodec.decode(row.getBytes("readings"), "").count();
      why = held == row.getInt("count") ? "" : "holds %d".formatted(held);
    } catch (DamagedBlobException e) {
      why = e.getMessage();
    }
    DamagedReadings readings =
        DamagedReadings.of(
            new SourceId(row.getString("type"), row.getString("name")), ChunkTable.span(row));
    return why.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Unreadable(
                "chunk",
                row.getLong("id"),
                "chunk %d: %s; it has %s".formatted(row.getLong("id"), why, readings)));
  }

  /** Every row is what its events make of it. */
  private static void items(Connection connection, List<String> faults) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT * FROM item");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        ItemState stored = ItemTable.read(rows);
        EntryId id = stored.entry();
        if (!new ItemFold(connection, Optional.empty()).folded(id).equals(List.of(stored))) {
          faults.add("the row of %s is not what its events make of it".formatted(id));
        }
      }
    }
  }

  /** The index of words has the text of every row and nothing else. */
  private static void texts(Connection connection, List<String> faults) throws SQLException {
    int lacking = 0;
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT item.text, item_text.text FROM item"
                    + " LEFT JOIN item_text ON item_text.rowid = item.id"
                    + " WHERE item_text.text IS NOT item.text");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        lacking += SearchedText.of(rows.getString(1)).equals(rows.getString(2)) ? 0 : 1;
      }
    }
    if (lacking > 0) {
      faults.add(
          "the index of words lacks %d texts; 'smollama memory reindex' makes it anew"
              .formatted(lacking));
    }
  }
}
