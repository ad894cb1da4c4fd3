package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;

/** An entry as a row of the entry table; its chain and what it follows are known from elsewhere. */
final class EntryRow {
  static final String COLUMNS =
      "branch, seq, id, lamport, boot, mono, wall, quality, flags, type, payload_hash, payload";

  static final String INSERT =
      "INSERT INTO entry (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private EntryRow() {}

  static void bind(PreparedStatement row, long branch, Entry entry) throws SQLException {
    EntryHeader header = entry.header();
    row.setLong(1, branch);
    row.setLong(2, header.seq());
    row.setBytes(3, Statements.bytes(entry.id().hex()));
    row.setLong(4, header.lamport());
    row.setLong(5, header.boot());
    row.setLong(6, header.mono());
    if (header.wall().isPresent()) {
      row.setLong(7, header.wall().get().toEpochMilli());
    } else {
      row.setNull(7, Types.INTEGER);
    }
    row.setInt(8, header.quality().code());
    row.setInt(9, header.flags());
    row.setString(10, header.type());
    byte[] payload = entry.bytes();
    row.setBytes(11, payload == null ? Statements.bytes(header.payloadHash().hex()) : null);
    row.setBytes(12, payload);
  }

  static EntryId id(ResultSet row) throws SQLException {
    return new EntryId(Statements.hex(row, 3));
  }

  /**
   * The entry of a row; its id is not computed anew.
   *
   * @param prev the id of the entry before it
   * @throws IllegalArgumentException if the row holds what no entry can
   */
  static Entry read(ResultSet row, ChainId chain, EntryId prev) throws SQLException {
    long wall = row.getLong(7);
    Optional<Instant> wallOrNone =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(wall));
    byte[] payload = row.getBytes(12);
    EntryHeader header =
        new EntryHeader(
            EntryHeader.VERSION,
            chain,
            row.getLong(2),
            prev,
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            wallOrNone,
            ClockQuality.ofCode(row.getInt(8)),
            row.getString(10),
            row.getInt(9),
            payload == null ? new PayloadHash(Statements.hex(row, 11)) : PayloadHash.of(payload));
    return Entry.stored(id(row), header, payload);
  }
}
