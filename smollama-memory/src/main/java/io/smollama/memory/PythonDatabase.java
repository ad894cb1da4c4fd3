package io.smollama.memory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** Tells the database of Smollama for Python, which has the same default name. Immutable. */
public final class PythonDatabase {
  private PythonDatabase() {}

  /** Whether a file is one; it is only read. False for a file that is missing or unreadable. */
  public static boolean is(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    SQLiteConfig readOnly = new SQLiteConfig();
    readOnly.setReadOnly(true);
    try (Connection connection = readOnly.createConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'readings_log'")) {
      return rows.next();
    } catch (SQLException e) {
      return false; // what is wrong with it is said when it is opened
    }
  }
}
