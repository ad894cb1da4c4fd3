package io.smollama.memory;

import io.smollama.core.Reading;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/** The readings table of Smollama for Python, to measure against. */
final class PythonReadings implements AutoCloseable {
  private final Connection connection;

  private PythonReadings(Connection connection) {
    this.connection = connection;
  }

  static PythonReadings open(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "CREATE TABLE IF NOT EXISTS readings_log (id INTEGER PRIMARY KEY, timestamp TEXT,"
              + " source_type TEXT, source_id TEXT,"
              + " full_id TEXT GENERATED ALWAYS AS (source_type || ':' || source_id),"
              + " value TEXT, value_numeric REAL, unit TEXT, metadata TEXT, node_id TEXT,"
              + " created_at TEXT)");
      statement.executeUpdate("CREATE INDEX IF NOT EXISTS by_time ON readings_log (timestamp)");
      statement.executeUpdate(
          "CREATE INDEX IF NOT EXISTS by_source ON readings_log (full_id, timestamp)");
    }
    return new PythonReadings(connection);
  }

  /** One commit for each reading, as its program does. */
  void addEachAlone(List<Reading> readings) throws SQLException {
    add(readings.iterator());
  }

  void addTogether(Iterator<Reading> readings) throws SQLException {
    connection.setAutoCommit(false);
    add(readings);
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void add(Iterator<Reading> readings) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO readings_log (timestamp, source_type, source_id, value, value_numeric,"
                + " unit, metadata, node_id, created_at) VALUES (?, ?, ?, ?, ?, ?, '{}', 'pi', ?)")) {
      while (readings.hasNext()) {
        Reading reading = readings.next();
        insert.setString(1, reading.time().toString());
        insert.setString(2, reading.source().type());
        insert.setString(3, reading.source().id());
        insert.setString(4, reading.value().text());
        insert.setDouble(5, reading.value().asNumber().orElse(0));
        insert.setString(6, reading.unit());
        insert.setString(7, reading.time().toString());
        insert.executeUpdate();
      }
    }
  }

  int count(String source, Instant from, Instant to) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT timestamp, value_numeric, unit FROM readings_log WHERE full_id = ?"
                + " AND timestamp >= ? AND timestamp < ? ORDER BY timestamp")) {
      query.setString(1, source);
      query.setString(2, from.toString());
      query.setString(3, to.toString());
      int count = 0;
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Instant.parse(rows.getString(1));
          rows.getDouble(2);
          rows.getString(3);
          count++;
        }
      }
      return count;
    }
  }

  int latest() throws SQLException {
    int count = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT full_id, max(timestamp), value, unit FROM readings_log GROUP BY full_id")) {
      while (rows.next()) {
        rows.getString(3);
        count++;
      }
    }
    return count;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
