package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What was written but is not sealed yet: a row for each commit, with the readings of all sources.
 * One short row touches one page; a row for each reading and index would touch a page for each
 * source.
 */
final class StagedTable {
  private StagedTable() {}

  /** Adds readings in the order in which they came; their sources have numbers. */
  static void add(Connection connection, SourceTable sources, List<Reading> readings)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO staged (readings) VALUES (?)")) {
      insert.setBytes(1, encode(sources, readings));
      insert.executeUpdate();
    }
  }

  private static byte[] encode(SourceTable sources, List<Reading> readings) {
    Map<SourceId, List<Reading>> bySource = new LinkedHashMap<>();
    for (Reading reading : readings) {
      bySource.computeIfAbsent(reading.source(), source -> new ArrayList<>()).add(reading);
    }
    BlobWriter out = new BlobWriter();
    out.octet(ChunkCodec.VERSION);
    bySource.forEach(
        (source, some) -> {
          for (Samples run : ReadingOrder.byUnit(ReadingOrder.sorted(some))) {
            out.number(sources.find(source).orElseThrow().id());
            TextColumn.write(out, run.unit());
            byte[] packed = ChunkCodec.encode(run);
            out.number(packed.length);
            out.octets(packed);
          }
        });
    return out.bytes();
  }

  /** Gives all readings in the order in which they were written. */
  static void read(Connection connection, SourceTable sources, Consumer<Reading> taker)
      throws SQLException {
    Map<Integer, SourceTable.Row> rows = new LinkedHashMap<>();
    sources.all().forEach(row -> rows.put(row.id(), row));
    try (PreparedStatement query =
            connection.prepareStatement("SELECT id, readings FROM staged ORDER BY id");
        ResultSet found = query.executeQuery()) {
      while (found.next()) {
        decode(found, rows, taker);
      }
    }
  }

  private static void decode(
      ResultSet row, Map<Integer, SourceTable.Row> rows, Consumer<Reading> taker)
      throws SQLException {
    try {
      BlobReader in = BlobReader.of(row.getBytes(2));
      if (in.octet() != ChunkCodec.VERSION) {
        throw new DamagedBlobException("of an unknown form");
      }
      while (in.left() > 0) {
        SourceTable.Row source = rows.get(in.count(Integer.MAX_VALUE));
        String unit = TextColumn.read(in);
        byte[] packed = in.octets(in.count(in.left()));
        if (source != null) {
          ChunkCodec.decode(packed, unit).readings(source).forEach(taker);
        }
      }
    } catch (DamagedBlobException e) {
      throw new SQLException(
          "row %d of the staged readings is damaged: %s".formatted(row.getLong(1), e.getMessage()),
          e);
    }
  }

  /** Without a condition SQLite frees the pages without writing each. */
  static void clear(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM staged");
    }
  }
}
