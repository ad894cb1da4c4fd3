package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.EntryId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An entry as a row of the entry table; its chain and what it follows are known from elsewhere. */
final class EntryRow {
  private static final String COLUMNS =
      "branch, seq, id, lamport, boot, mono, wall, quality, flags, type, payload_hash, payload";

  static final String SELECT =
      "SELECT " + COLUMNS + ", bytes FROM entry LEFT JOIN rest ON rest.entry = entry.number ";
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
    row.setBytes(12, isSplit(entry) ? Arrays.copyOf(payload, stays(payload)) : payload);
  }

  /** Whether the end of its payload has a row of its own. */
  static boolean isSplit(Entry entry) {
    byte[] payload = entry.bytes();
    return payload != null
        && payload.length >= JournalSchema.SPLIT_FROM
        && payload.length <= JournalSchema.SPLIT_TO;
  }

  static byte[] rest(Entry entry) {
    byte[] payload = Objects.requireNonNull(entry.bytes());
    return Arrays.copyOfRange(payload, stays(payload), payload.length);
  }

  private static int stays(byte[] payload) {
    return payload.length <= JournalSchema.SPLIT_BY_FOUR
        ? JournalSchema.FOUR_TO_A_PAGE
        : JournalSchema.THREE_TO_A_PAGE;
  }

  private static byte @Nullable [] payload(ResultSet row) throws SQLException {
    byte[] payload = row.getBytes(12);
    byte[] rest = row.getBytes(13);
    if (payload == null || rest == null) {
      return payload;
    }
    byte[] whole = Arrays.copyOf(payload, payload.length + rest.length);
    System.arraycopy(rest, 0, whole, payload.length, rest.length);
    return whole;
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
    byte[] payload = payload(row);
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
