package io.smollama.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The words of items, as recall searches them. A vector of other words is of no more use. */
final class ItemText {
  private ItemText() {}

  /** Makes a new or changed text searchable; one that is the same already costs no write. */
  static void put(Connection connection, long item, String text) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT text FROM item_text WHERE rowid = ?")) {
      query.setLong(1, item);
      try (ResultSet row = query.executeQuery()) {
        if (row.next() && row.getString(1).equals(text)) {
          return;
        }
      }
    }
    remove(connection, item);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO item_text (rowid, text) VALUES (?, ?)")) {
      insert.setLong(1, item);
      insert.setString(2, text);
      insert.executeUpdate();
    }
  }

  /** Forgets the text of an item that is no more. */
  static void remove(Connection connection, long item) throws SQLException {
    for (String table : new String[] {"item_text WHERE rowid", "vector WHERE item"}) {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM " + table + " = ?")) {
        delete.setLong(1, item);
        delete.executeUpdate();
      }
    }
  }
}
