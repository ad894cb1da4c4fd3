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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was written but is not sealed yet: a row for each commit, with the readings of all sources.
 * One short row touches one page; a row for each reading and index would touch a page for each
 * source.
 */
final class StagedTable {
  private static final Logger LOG = LoggerFactory.getLogger(StagedTable.class);

  private StagedTable() {}

  /** Adds readings in the order in which they came; their sources have numbers. */
  static void add(Connection connection, SourceTable sources, List<Reading> readings)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO staged VALUES (" + ReadingOutbox.NEXT_ID + ", ?)")) {
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
        try {
          decode(found.getBytes(2), rows).forEach(taker);
        } catch (DamagedBlobException e) {
          LOG.warn(
              "What one commit wrote is damaged and left out (staged {}: {})",
              found.getLong(1),
              e.getMessage());
        }
      }
    }
  }

  /**
   * The readings of one row, of the sources that have a number.
   *
   * @throws DamagedBlobException if the bytes are not what was written
   */
  static List<Reading> decode(byte[] row, Map<Integer, SourceTable.Row> sources) {
    List<Reading> readings = new ArrayList<>();
    BlobReader in = BlobReader.of(row);
    if (in.octet() != ChunkCodec.VERSION) {
      throw new DamagedBlobException("of an unknown form");
    }
    while (in.left() > 0) {
      SourceTable.Row source = sources.get(in.count(Integer.MAX_VALUE));
      String unit = TextColumn.read(in);
      Samples run = ChunkCodec.decode(in.octets(in.count(in.left())), unit);
      if (source != null) {
        readings.addAll(run.readings(source));
      }
    }
    return readings;
  }

  /** Without a condition SQLite frees the pages without writing each. */
  static void clear(Connection connection) throws SQLException {
    ReadingOutbox.keepUntaken(connection);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM staged");
    }
  }
}
