package io.smollama.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The number of readings, kept beside them: counting ten million rows takes seconds. */
final class ReadingCount {
  private ReadingCount() {}

  static long get(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT value FROM meta WHERE key = 'readings'");
        ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** Changes the number, in the transaction that changes the readings. */
  static void add(Connection connection, int change) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT INTO meta VALUES ('readings', ?)"
                + " ON CONFLICT (key) DO UPDATE SET value = value + excluded.value")) {
      upsert.setInt(1, change);
      upsert.executeUpdate();
    }
  }
}
