package io.smollama.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What commits wrote and nobody has taken yet to share it: the staged rows from an id on, also when
 * they were sealed in the meantime. It costs nothing more to write, but for rows that are sealed
 * before they are taken.
 */
final class ReadingOutbox {
  /** Ids rise for ever while somebody takes, whatever was sealed. */
  static final String NEXT_ID =
      "1 + max((SELECT coalesce(max(id), 0) FROM staged),"
          + " (SELECT coalesce(max(id), 0) FROM unshared),"
          + " coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'readings_taken'), 0))";

  private static final String UNTAKEN =
      " id > (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'readings_taken') ";

  private ReadingOutbox() {}

  /** What one commit wrote. */
  record Row(long id, byte[] readings) {}

  /** From now on what is written is kept until it is taken; what is staged is the first. */
  static @Nullable Void open(Connection connection) throws SQLException {
    return run(connection, "INSERT OR IGNORE INTO meta VALUES ('readings_taken', '0')");
  }

  /** Nobody takes any more. */
  static @Nullable Void shut(Connection connection) throws SQLException {
    run(connection, "DELETE FROM meta WHERE key = 'readings_taken'");
    return run(connection, "DELETE FROM unshared");
  }

  /** To be called before staged rows go, in the same transaction. */
  static void keepUntaken(Connection connection) throws SQLException {
    run(connection, "INSERT INTO unshared SELECT id, readings FROM staged WHERE" + UNTAKEN);
  }

  /** The rows that nobody took, in the order in which they were written. */
  static List<Row> waiting(Connection connection, int limit) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id, readings FROM unshared WHERE"
                + UNTAKEN
                + "UNION ALL SELECT id, readings FROM staged WHERE"
                + UNTAKEN
                + "ORDER BY id LIMIT ?")) {
      query.setInt(1, limit);
      List<Row> rows = new ArrayList<>();
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          rows.add(new Row(found.getLong(1), found.getBytes(2)));
        }
      }
      return rows;
    }
  }

  /** Rows up to this id are shared. */
  static @Nullable Void taken(Connection connection, long id) throws SQLException {
    try (PreparedStatement update =
            connection.prepareStatement("UPDATE meta SET value = ? WHERE key = 'readings_taken'");
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM unshared WHERE id <= ?")) {
      update.setString(1, Long.toString(id));
      update.executeUpdate();
      delete.setLong(1, id);
      delete.executeUpdate();
    }
    return null;
  }

  private static @Nullable Void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
    return null;
  }
}
