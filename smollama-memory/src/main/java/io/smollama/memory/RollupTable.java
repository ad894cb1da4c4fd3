package io.smollama.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The rollups: 288 windows of one source and level in each row, known by their start in ms. */
final class RollupTable {
  private RollupTable() {}

  /** The windows that begin from {@code from} inclusive to {@code to} exclusive. */
  static NavigableMap<Long, Rollup> windows(
      Connection connection, int source, RollupLevel level, long from, long to)
      throws SQLException {
    NavigableMap<Long, Rollup> windows = new TreeMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id, start, windows FROM rollup"
                + " WHERE source = ? AND level = ? AND start >= ? AND start < ?")) {
      query.setInt(1, source);
      query.setInt(2, level.ordinal());
      query.setLong(3, level.rowStart(from));
      query.setLong(4, to);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          long start = rows.getLong(2);
          decoded(rows).forEach((place, w) -> windows.put(start + place * level.millis(), w));
        }
      }
    }
    return windows.subMap(from, true, to, false);
  }

  private static SortedMap<Integer, Rollup> decoded(ResultSet row) throws SQLException {
    try {
      return Rollup.decode(row.getBytes("windows"));
    } catch (DamagedBlobException e) {
      throw new SQLException(
          "rollup %d of the readings is damaged: %s".formatted(row.getLong("id"), e.getMessage()),
          e);
    }
  }

  /** Writes the row that begins at {@code start}, all windows of it. */
  static void put(
      Connection connection,
      int source,
      RollupLevel level,
      long start,
      NavigableMap<Long, Rollup> windows)
      throws SQLException {
    TreeMap<Integer, Rollup> places = new TreeMap<>();
    windows.forEach((time, w) -> places.put((int) ((time - start) / level.millis()), w));
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT INTO rollup (source, level, start, windows) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (source, level, start) DO UPDATE SET windows = excluded.windows")) {
      upsert.setInt(1, source);
      upsert.setInt(2, level.ordinal());
      upsert.setLong(3, start);
      upsert.setBytes(4, Rollup.encode(places));
      upsert.executeUpdate();
    }
  }

  /** Deletes the rows of each level that end before a time of its own; gives their number. */
  static int prune(Connection connection, Function<RollupLevel, Instant> before)
      throws SQLException {
    int gone = 0;
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM rollup WHERE level = ? AND start <= ?")) {
      for (RollupLevel level : RollupLevel.values()) {
        delete.setInt(1, level.ordinal());
        delete.setLong(2, ReadingOrder.millis(before.apply(level)) - level.rowMillis());
        gone += delete.executeUpdate();
      }
    }
    return gone;
  }
}
