package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.EntryId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The entries of one group, through one connection. One thread at a time. */
final class PostgresEntries {
  /** So that what is sent at once stays within some 64 MiB. */
  private static final int ROWS_AT_ONCE = 1_000;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("chain", "int8", Long[]::new, Row::chain),
          new Column("label", "bytea", byte[][]::new, row -> bytes(row.label())),
          new Column("seq", "int8", Long[]::new, row -> row.header().seq()),
          new Column("prev", "bytea", byte[][]::new, row -> bytes(row.header().prev().hex())),
          new Column("lamport", "int8", Long[]::new, row -> row.header().lamport()),
          new Column("boot", "int8", Long[]::new, row -> row.header().boot()),
          new Column("mono", "int8", Long[]::new, row -> row.header().mono()),
          new Column("wall", "int8", Long[]::new, PostgresEntries::wall),
          new Column("version", "int2", Short[]::new, row -> (short) row.header().version()),
          new Column("quality", "int2", Short[]::new, row -> (short) row.header().quality().code()),
          new Column("flags", "int4", Integer[]::new, row -> row.header().flags()),
          new Column("type", "text", String[]::new, row -> row.header().type()),
          new Column("payload_hash", "bytea", byte[][]::new, PostgresEntries::hashOfRedacted),
          new Column("payload", "bytea", byte[][]::new, row -> row.entry().payload().orElse(null)));

  private static final String INSERT =
      "INSERT INTO smollama_entry (group_id, %s) SELECT ?, n.* FROM unnest(%s) AS n"
          .formatted(
              COLUMNS.stream().map(Column::name).collect(Collectors.joining(", ")),
              COLUMNS.stream()
                  .map(column -> "?::" + column.type() + "[]")
                  .collect(Collectors.joining(", ")));

  private static final String SELECT =
      """
      SELECT seq, prev, lamport, boot, mono, wall, version, quality, flags, type, payload_hash,
          payload
      FROM smollama_entry WHERE group_id = ? AND chain =
          (SELECT number FROM smollama_chain WHERE group_id = ? AND origin = ? AND stream = ?)
        AND label = ? AND seq > ? ORDER BY seq LIMIT ?""";

  private final Connection connection;
  private final long group;

  PostgresEntries(Connection connection, long group) {
    this.connection = connection;
    this.group = group;
  }

  /** A column of what is inserted: one array for all rows. */
  private record Column(
      String name,
      String type,
      IntFunction<Object[]> array,
      Function<Row, @Nullable Object> value) {
    Object[] of(List<Row> rows) {
      return rows.stream().map(value).toArray(array);
    }
  }

  /** An entry and where it belongs. */
  record Row(long chain, String label, Entry entry) {
    EntryHeader header() {
      return entry.header();
    }
  }

  void insert(List<Row> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
        List<Row> some = rows.subList(from, Math.min(rows.size(), from + ROWS_AT_ONCE));
        statement.setLong(1, group);
        for (int i = 0; i < COLUMNS.size(); i++) {
          Column column = COLUMNS.get(i);
          statement.setArray(i + 2, connection.createArrayOf(column.type(), column.of(some)));
        }
        statement.executeUpdate();
      }
    }
  }

  /** The entries of a branch behind a sequence number. */
  List<Entry> after(ChainId chain, String label, long seq, int limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
      statement.setLong(1, group);
      statement.setLong(2, group);
      statement.setBytes(3, bytes(chain.origin().hex()));
      statement.setInt(4, chain.stream());
      statement.setBytes(5, bytes(label));
      statement.setLong(6, seq);
      statement.setInt(7, limit);
      List<Entry> entries = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          entries.add(read(chain, row));
        }
      }
      return entries;
    }
  }

  /** Gives the entries of a branch behind a sequence number another label. */
  void split(long chain, Change.Split split) throws SQLException {
    String update =
        "UPDATE smollama_entry SET label = ?"
            + " WHERE group_id = ? AND chain = ? AND label = ? AND seq > ?";
    try (PreparedStatement statement = connection.prepareStatement(update)) {
      statement.setBytes(1, bytes(split.to()));
      statement.setLong(2, group);
      statement.setLong(3, chain);
      statement.setBytes(4, bytes(split.from()));
      statement.setLong(5, split.above());
      statement.executeUpdate();
    }
  }

  /** Deletes the entries of a trunk up to a sequence number. */
  void cut(long chain, long upTo) throws SQLException {
    String delete =
        "DELETE FROM smollama_entry WHERE group_id = ? AND chain = ? AND label = ? AND seq <= ?";
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setLong(1, group);
      statement.setLong(2, chain);
      statement.setBytes(3, bytes(Branch.TRUNK));
      statement.setLong(4, upTo);
      statement.executeUpdate();
    }
  }

  private static Entry read(ChainId chain, ResultSet row) throws SQLException {
    byte @Nullable [] payload = row.getBytes(12);
    long wall = row.getLong(6);
    Optional<Instant> wallOrNone =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(wall));
    EntryHeader header =
        new EntryHeader(
            row.getInt(7),
            chain,
            row.getLong(1),
            new EntryId(hex(row, 2)),
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            wallOrNone,
            ClockQuality.ofCode(row.getInt(8)),
            row.getString(10),
            row.getInt(9),
            payload == null ? new PayloadHash(hex(row, 11)) : PayloadHash.of(payload));
    return Entry.stored(EntryLayout.idOf(header), header, payload);
  }

  private static @Nullable Long wall(Row row) {
    return row.header().wall().map(Instant::toEpochMilli).orElse(null);
  }

  private static byte[] hashOfRedacted(Row row) {
    return row.entry().payload().isPresent()
        ? new byte[0]
        : bytes(row.header().payloadHash().hex());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String hex(ResultSet row, int column) throws SQLException {
    return HexFormat.of().formatHex(row.getBytes(column));
  }
}
