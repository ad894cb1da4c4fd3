package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.ReplicaId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** An entry as a row of the entry table. */
final class EntryRow {
  private static final String COLUMNS =
      "origin, stream, seq, id, version, prev, lamport, boot, mono, wall, quality, type, flags,"
          + " payload_hash, payload";

  static final String SELECT = "SELECT " + COLUMNS + " FROM entry";
  static final String INSERT =
      "INSERT INTO entry (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private EntryRow() {}

  static void bind(PreparedStatement row, Entry entry) throws SQLException {
    EntryHeader header = entry.header();
    row.setBytes(1, bytes(header.chain().origin().hex()));
    row.setInt(2, header.chain().stream());
    row.setLong(3, header.seq());
    row.setBytes(4, bytes(entry.id().hex()));
    row.setInt(5, header.version());
    row.setBytes(6, bytes(header.prev().hex()));
    row.setLong(7, header.lamport());
    row.setLong(8, header.boot());
    row.setLong(9, header.mono());
    if (header.wall().isPresent()) {
      row.setLong(10, header.wall().get().toEpochMilli());
    } else {
      row.setNull(10, Types.INTEGER);
    }
    row.setInt(11, header.quality().code());
    row.setString(12, header.type());
    row.setInt(13, header.flags());
    row.setBytes(14, bytes(header.payloadHash().hex()));
    row.setBytes(15, entry.payload().orElse(null));
  }

  /**
   * The entry of a row; its hashes are not computed anew.
   *
   * @throws IllegalArgumentException if the row holds what no entry can
   */
  static Entry read(ResultSet row) throws SQLException {
    long wall = row.getLong(10);
    Optional<Instant> wallOrNone =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(wall));
    EntryHeader header =
        new EntryHeader(
            row.getInt(5),
            new ChainId(new ReplicaId(hex(row, 1)), row.getInt(2)),
            row.getLong(3),
            new EntryId(hex(row, 6)),
            row.getLong(7),
            row.getLong(8),
            row.getLong(9),
            wallOrNone,
            ClockQuality.ofCode(row.getInt(11)),
            row.getString(12),
            row.getInt(13),
            new PayloadHash(hex(row, 14)));
    return Entry.stored(new EntryId(hex(row, 4)), header, row.getBytes(15));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String hex(ResultSet row, int column) throws SQLException {
    return HexFormat.of().formatHex(row.getBytes(column));
  }
}
