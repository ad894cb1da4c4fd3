package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import io.smollama.core.Tips;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tables of a journal, through one connection. One thread at a time. */
final class JournalTables implements AutoCloseable {
  private final Connection connection;

  JournalTables(Connection connection) {
    this.connection = connection;
  }

  /** The one row of the meta table: who writes here. */
  record Meta(ReplicaId replica, long incarnation, long boot, long lamport) {}

  <T> T writing(SqlWork<T> work) throws SQLException {
    return SqlWork.writing(connection, work);
  }

  <T> T reading(SqlWork<T> work) throws SQLException {
    return SqlWork.reading(connection, work);
  }

  EntryTable entries() {
    return new EntryTable(connection);
  }

  /** Who writes here; empty before the first session. */
  Optional<Meta> meta() throws SQLException {
    String query = "SELECT replica_id, incarnation, boot, lamport FROM meta";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      return SqlWork.sound(() -> firstRow(statement, JournalTables::meta));
    }
  }

  private static Meta meta(ResultSet row) throws SQLException {
    ReplicaId replica = new ReplicaId(hex(row, 1));
    return new Meta(replica, row.getLong(2), row.getLong(3), row.getLong(4));
  }

  void save(Meta meta) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("REPLACE INTO meta VALUES (1, ?, ?, ?, ?)")) {
      statement.setBytes(1, bytes(meta.replica().hex()));
      statement.setLong(2, meta.incarnation());
      statement.setLong(3, meta.boot());
      statement.setLong(4, meta.lamport());
      statement.executeUpdate();
    }
  }

  Optional<Point> head(ChainId chain) throws SQLException {
    String query = "SELECT seq, id FROM head WHERE origin = ? AND stream = ?";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setBytes(1, bytes(chain.origin().hex()));
      statement.setInt(2, chain.stream());
      return SqlWork.sound(() -> firstRow(statement, row -> head(row, 1)));
    }
  }

  Frontier frontier() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT origin, stream, seq, id FROM head")) {
      return SqlWork.sound(() -> frontier(row));
    }
  }

  private static Frontier frontier(ResultSet row) throws SQLException {
    TreeMap<ChainId, Tips> heads = new TreeMap<>();
    while (row.next()) {
      heads.put(
          new ChainId(new ReplicaId(hex(row, 1)), row.getInt(2)),
          new Tips(0, List.of(head(row, 3))));
    }
    return new Frontier(heads);
  }

  private static Point head(ResultSet row, int column) throws SQLException {
    return new Point(row.getLong(column), new EntryId(hex(row, column + 1)));
  }

  /** The last sequence number of each stream that a replica wrote. */
  SortedMap<Integer, Long> seqs(ReplicaId replica) throws SQLException {
    TreeMap<Integer, Long> seqs = new TreeMap<>();
    for (var head : frontier().chains().entrySet()) {
      if (head.getKey().origin().equals(replica)) {
        seqs.put(head.getKey().stream(), head.getValue().highest());
      }
    }
    return seqs;
  }

  void saveHead(ChainId chain, Point head) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("REPLACE INTO head VALUES (?, ?, ?, ?)")) {
      statement.setBytes(1, bytes(chain.origin().hex()));
      statement.setInt(2, chain.stream());
      statement.setLong(3, head.seq());
      statement.setBytes(4, bytes(head.id().hex()));
      statement.executeUpdate();
    }
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> Optional<T> firstRow(PreparedStatement query, RowReader<T> reader)
      throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String hex(ResultSet row, int column) throws SQLException {
    return HexFormat.of().formatHex(row.getBytes(column));
  }
}
