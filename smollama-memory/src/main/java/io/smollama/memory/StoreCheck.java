package io.smollama.memory;

import io.smollama.core.EntryId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks that what is stored says what it should, where SQLite sees only sound pages. */
final class StoreCheck {
  private static final int MOST_FAULTS = 100;

  private StoreCheck() {}

  /** What is wrong; a line each. */
  static List<String> faults(Connection connection) throws SQLException {
    List<String> faults = new ArrayList<>();
    chunks(connection, faults);
    rollups(connection, faults);
    items(connection, faults);
    texts(connection, faults);
    return faults.size() > MOST_FAULTS ? faults.subList(0, MOST_FAULTS) : faults;
  }

  /** Every chunk can be read and holds as many readings as it says. */
  private static void chunks(Connection connection, List<String> faults) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT id, count, readings FROM chunk");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        try {
          int held = ChunkCodec.decode(rows.getBytes("readings"), "").count();
          if (held != rows.getInt("count")) {
            faults.add(
                "chunk %d holds %d readings, not %d"
                    .formatted(rows.getLong("id"), held, rows.getInt("count")));
          }
        } catch (DamagedBlobException e) {
          faults.add("chunk %d: %s".formatted(rows.getLong("id"), e.getMessage()));
        }
      }
    }
  }

  /** The windows of every source can be read. */
  private static void rollups(Connection connection, List<String> faults) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT id, windows FROM rollup");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        try {
          Rollup.decode(rows.getBytes("windows"));
        } catch (DamagedBlobException e) {
          faults.add("rollup %d: %s".formatted(rows.getLong("id"), e.getMessage()));
        }
      }
    }
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
