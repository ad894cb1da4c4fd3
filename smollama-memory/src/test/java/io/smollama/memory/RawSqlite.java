package io.smollama.memory;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A SQLite file as another program sees it. */
final class RawSqlite {
  private RawSqlite() {}

  static void update(Path file, String... statements) throws SQLException {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  /** The first column of the first row. */
  static String first(Path file, String query) throws SQLException {
    try (Connection connection = connect(file);
        ResultSet row = connection.createStatement().executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  /** Takes from a file what it did not have before the sixth version. */
  static void forgetClocks(Path file) throws SQLException {
    update(
        file,
        "DROP INDEX event_by_clock",
        "ALTER TABLE event DROP COLUMN boot",
        "ALTER TABLE event DROP COLUMN mono",
        "ALTER TABLE event DROP COLUMN quality");
  }
}
