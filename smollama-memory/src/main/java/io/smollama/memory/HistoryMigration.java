package io.smollama.memory;

import io.smollama.core.Reading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Carries the readings of version 1, a row each, over into chunks. */
final class HistoryMigration {
  private static final int AT_ONCE = 50_000;

  private HistoryMigration() {}

  /** Runs in the transaction that makes the tables of version 2: all is carried over or nothing. */
  static void toVersion2(Connection connection) throws SQLException {
    SourceTable sources = new SourceTable();
    sources.load(connection);
    for (SourceTable.Row source : sources.all()) {
      carryOver(connection, source);
    }
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("DROP TABLE reading");
      statement.executeUpdate("DELETE FROM meta WHERE key = 'readings'");
    }
  }

  private static void carryOver(Connection connection, SourceTable.Row source) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT time, kind, value FROM reading WHERE source = ? ORDER BY time")) {
      query.setInt(1, source.id());
      try (ResultSet rows = query.executeQuery()) {
        List<Reading> some = new ArrayList<>();
        while (rows.next()) {
          some.add(source.reading(rows));
          if (some.size() == AT_ONCE) {
            ChunkSealer.seal(connection, source, some, damaged -> {});
            some.clear();
          }
        }
        if (!some.isEmpty()) {
          ChunkSealer.seal(connection, source, some, damaged -> {});
        }
      }
    }
  }
}
