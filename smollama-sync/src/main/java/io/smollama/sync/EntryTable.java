package io.smollama.sync;

import io.smollama.core.ChainId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The entries of all chains, through one connection. One thread at a time. */
final class EntryTable {
  private final Connection connection;

  EntryTable(Connection connection) {
    this.connection = connection;
  }

  void insert(List<Entry> entries) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(EntryRow.INSERT)) {
      for (Entry entry : entries) {
        EntryRow.bind(statement, entry);
        statement.executeUpdate();
      }
    }
  }

  /** The entries of a chain that follow a sequence number. */
  List<Entry> after(ChainId chain, long seq, int limit) throws SQLException {
    String query =
        EntryRow.SELECT + " WHERE origin = ? AND stream = ? AND seq > ? ORDER BY seq LIMIT ?";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setBytes(1, HexFormat.of().parseHex(chain.origin().hex()));
      statement.setInt(2, chain.stream());
      statement.setLong(3, seq);
      statement.setInt(4, limit);
      return SqlWork.sound(() -> entries(statement));
    }
  }

  private static List<Entry> entries(PreparedStatement statement) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        entries.add(EntryRow.read(row));
      }
    }
    return entries;
  }

  /** Visits all rows, chain by chain in the order of their sequence numbers. */
  void forEachRow(RowVisitor visitor) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(EntryRow.SELECT + " ORDER BY origin, stream, seq")) {
      while (row.next()) {
        visitor.visit(row);
      }
    }
  }

  /** Sees one row at a time, see {@link EntryRow#read}. */
  interface RowVisitor {
    void visit(ResultSet row) throws SQLException;
  }
}
