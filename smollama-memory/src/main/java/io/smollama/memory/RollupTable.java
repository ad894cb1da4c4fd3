package io.smollama.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rollups: 288 windows of one source and level in each row, known by their start in ms. */
final class RollupTable {
  private static final Logger LOG = LoggerFactory.getLogger(RollupTable.class);

  private RollupTable() {}

  /** The windows that begin from {@code from} inclusive to {@code to} exclusive. */
  static NavigableMap<Long, Rollup> windows(
      Connection connection, int source, RollupLevel level, long from, long to)
      throws SQLException {
    return windows(connection, source, level, from, to, damaged -> {});
  }

  /**
   * The windows that begin from {@code from} inclusive to {@code to} exclusive.
   *
   * @param damaged is given the begin of each row that cannot be read and is left out
   */
  static NavigableMap<Long, Rollup> windows(
      Connection connection,
      int source,
      RollupLevel level,
      long from,
      long to,
      LongConsumer damaged)
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
          try {
            Rollup.decode(rows.getBytes(3))
                .forEach((place, w) -> windows.put(start + place * level.millis(), w));
          } catch (DamagedBlobException e) {
            LOG.debug("Row {} of the rollups is damaged: {}", rows.getLong(1), e.getMessage());
            damaged.accept(start);
          }
        }
      }
    }
    return windows.subMap(from, true, to, false);
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
