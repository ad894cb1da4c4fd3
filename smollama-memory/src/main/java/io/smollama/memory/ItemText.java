package io.smollama.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Keeps the durable indexes at the texts of the items, in the transaction that changes the texts:
 * the full-text index follows, and a vector of a text that is no more is dropped.
 */
final class ItemText {
  private static final String INSERT = "INSERT INTO item_text (rowid, text) VALUES (?, ?)";

  private ItemText() {}

  /** The item has this text now. Nothing is done if it had it before. */
  static void put(Connection connection, long item, String text) throws SQLException {
    String searched = SearchedText.of(text);
    Optional<String> before = indexed(connection, item);
    if (before.isPresent() && before.get().equals(searched)) {
      return;
    }
    if (before.isPresent()) {
      remove(connection, item);
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert(insert, item, searched);
    }
  }

  private static void insert(PreparedStatement insert, long item, String searched)
      throws SQLException {
    insert.setLong(1, item);
    insert.setString(2, searched);
    insert.executeUpdate();
  }

  /** The item has no text any more. */
  static void remove(Connection connection, long item) throws SQLException {
    run(connection, "DELETE FROM item_text WHERE rowid = ?", item);
    run(connection, dropFrom("vector_value", 0), item);
    run(connection, dropFrom("vector_sign", 0), item);
    run(connection, dropFrom("vector_sign", 1), item);
    run(connection, "UPDATE text_edits SET edits = edits + (? IS NOT NULL)", item);
  }

  /** Makes the full-text index anew from the items; gives their number. */
  static int remake(Connection connection) throws SQLException {
    int texts = 0;
    try (Statement statement = connection.createStatement();
        Statement query = connection.createStatement();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      statement.executeUpdate("DELETE FROM item_text");
      try (ResultSet rows = query.executeQuery("SELECT id, text FROM item")) {
        for (; rows.next(); texts++) {
          insert(insert, rows.getLong(1), SearchedText.of(rows.getString(2)));
        }
      }
      statement.executeUpdate("UPDATE text_edits SET edits = edits + 1");
      return texts;
    }
  }

  /** How many texts have been replaced or removed since the file was made. */
  static long edits(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT edits FROM text_edits");
        ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static Optional<String> indexed(Connection connection, long item) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT text FROM item_text WHERE rowid = ?")) {
      query.setLong(1, item);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  private static String dropFrom(String table, int generation) {
    return "DELETE FROM %s WHERE key IN (SELECT (number << 41) | (%d << 40) | ? FROM vector_model)"
        .formatted(table, generation);
  }

  private static void run(Connection connection, String sql, long item) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, item);
      statement.executeUpdate();
    }
  }
}
