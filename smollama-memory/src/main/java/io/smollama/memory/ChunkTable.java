package io.smollama.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The chunks: sealed readings, a few thousand of one source and unit in each row. */
final class ChunkTable {
  private ChunkTable() {}

  /** Where a chunk lies; times in ms since 1970, both inclusive. */
  record Span(long id, long first, long last, int count) {}

  /**
   * The chunks that readings from {@code from} to {@code to}, both inclusive, belong to: those that
   * begin in that time and the last that begins before.
   */
  static List<Span> spans(Connection connection, int source, long from, long to)
      throws SQLException {
    List<Span> spans = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id, first_time, last_time, count FROM chunk WHERE source = ?1"
                + " AND first_time <= ?3 AND first_time >= coalesce((SELECT max(first_time)"
                + " FROM chunk WHERE source = ?1 AND first_time <= ?2), ?2) ORDER BY first_time")) {
      query.setInt(1, source);
      query.setLong(2, from);
      query.setLong(3, to);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          spans.add(span(rows));
        }
      }
    }
    return spans;
  }

  /** The readings of a chunk; empty if it is damaged. */
  static Optional<Samples> read(Connection connection, long id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT unit, readings FROM chunk WHERE id = ?")) {
      query.setLong(1, id);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("Chunk %d is gone".formatted(id));
        }
        return decoded(row);
      }
    }
  }

  /**
   * The readings from {@code from} inclusive to {@code to} exclusive, in parts, oldest first.
   *
   * @param limit once so many are found, older parts are left out
   * @param damaged is told of each chunk that cannot be read and is left out
   */
  static List<Samples> between(
      Connection connection, int source, long from, long to, int limit, Consumer<Span> damaged)
      throws SQLException {
    List<Samples> parts = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id, first_time, last_time, count, unit, readings FROM chunk"
                + " WHERE source = ? AND first_time < ?"
                + " ORDER BY first_time DESC")) {
      query.setInt(1, source);
      query.setLong(2, to);
      try (ResultSet rows = query.executeQuery()) {
        int found = 0;
        while (found < limit && rows.next() && rows.getLong("last_time") >= from) {
          Optional<Samples> all = decoded(rows);
          if (all.isEmpty()) {
            damaged.accept(span(rows));
            continue;
          }
          Samples part = all.get().between(from, to);
          found += part.count();
          if (part.count() > 0) {
            parts.add(part);
          }
        }
      }
    }
    Collections.reverse(parts);
    return parts;
  }

  static Span span(ResultSet row) throws SQLException {
    return new Span(
        row.getLong("id"),
        row.getLong("first_time"),
        row.getLong("last_time"),
        row.getInt("count"));
  }

  private static Optional<Samples> decoded(ResultSet row) throws SQLException {
    try {
      return Optional.of(ChunkCodec.decode(row.getBytes("readings"), row.getString("unit")));
    } catch (DamagedBlobException e) {
      return Optional.empty();
    }
  }

  /** Puts a damaged chunk where nothing looks for readings, so that new ones can take its time. */
  static void setAside(Connection connection, long id) throws SQLException {
    try (PreparedStatement move =
        connection.prepareStatement("INSERT INTO damaged_chunk SELECT * FROM chunk WHERE id = ?")) {
      move.setLong(1, id);
      move.executeUpdate();
    }
    delete(connection, id);
  }

  /** The chunks that were set aside, by the number of their source. */
  static Map<Integer, List<Span>> aside(Connection connection) throws SQLException {
    Map<Integer, List<Span>> aside = new TreeMap<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT source, id, first_time, last_time, count FROM damaged_chunk");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        aside.computeIfAbsent(rows.getInt(1), source -> new ArrayList<>()).add(span(rows));
      }
    }
    return aside;
  }

  static void insert(Connection connection, int source, Samples samples) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO chunk (source, first_time, last_time, count, min, max, sum, first, last,"
                + " unit, readings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setInt(1, source);
      insert.setLong(2, samples.times()[0]);
      insert.setLong(3, samples.times()[samples.count() - 1]);
      insert.setInt(4, samples.count());
      Rollup all = Rollup.of(samples, 0, samples.count());
      double[] figures = {all.min(), all.max(), all.sum(), all.first(), all.last()};
      for (int i = 0; i < figures.length; i++) {
        if (all.count() == 0) {
          insert.setNull(5 + i, Types.REAL);
        } else {
          insert.setDouble(5 + i, figures[i]);
        }
      }
      insert.setString(10, samples.unit());
      insert.setBytes(11, ChunkCodec.encode(samples));
      insert.executeUpdate();
    }
  }

  static void delete(Connection connection, long id) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM chunk WHERE id = ?")) {
      delete.setLong(1, id);
      delete.executeUpdate();
    }
  }

  /** How many readings are sealed; reads the index only. */
  static long count(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT coalesce(sum(count), 0) FROM chunk INDEXED BY chunk_by_time");
        ResultSet row = query.executeQuery()) {
      return row.getLong(1);
    }
  }

  /** How many sealed readings the chunks have that touch a time span. */
  static long count(Connection connection, int source, long from, long to) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT coalesce(sum(count), 0) FROM chunk INDEXED BY chunk_by_time"
                + " WHERE source = ? AND first_time < ? AND last_time >= ?")) {
      query.setInt(1, source);
      query.setLong(2, to);
      query.setLong(3, from);
      try (ResultSet row = query.executeQuery()) {
        return row.getLong(1);
      }
    }
  }

  /** When the first chunk begins that begins at or after a time, in ms since 1970. */
  static OptionalLong beginAfter(Connection connection, int source, long time) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT min(first_time) FROM chunk WHERE source = ? AND first_time >= ?")) {
      query.setInt(1, source);
      query.setLong(2, time);
      try (ResultSet row = query.executeQuery()) {
        long begin = row.getLong(1);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(begin);
      }
    }
  }
}
