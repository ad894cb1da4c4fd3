package io.smollama.sync;

import io.smollama.core.EntryId;
import io.smollama.core.Point;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** A connection with its statements, each prepared once. One thread at a time. */
final class Statements implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = prepared.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      prepared.put(sql, known);
    }
    return known;
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Reads one row. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  static String hex(ResultSet row, int column) throws SQLException {
    return HexFormat.of().formatHex(row.getBytes(column));
  }

  /** A point in two columns. */
  static Point point(ResultSet row, int column) throws SQLException {
    return new Point(row.getLong(column), new EntryId(hex(row, column + 1)));
  }

  static void bind(PreparedStatement statement, int column, Point point) throws SQLException {
    statement.setLong(column, point.seq());
    statement.setBytes(column + 1, bytes(point.id().hex()));
  }
}
