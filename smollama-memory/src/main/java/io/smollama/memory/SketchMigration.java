package io.smollama.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes the sketches of version 2, which were signs alone, anew from the vectors. */
final class SketchMigration {
  private SketchMigration() {}

  /** Runs in the transaction that brings the file up to date. */
  static void toVersion3(Connection connection) throws SQLException {
    int end = end(connection);
    for (VectorTable table : VectorModels.all(connection)) {
      VectorModels.Centre centre = VectorModels.centre(connection, table);
      table.dropSketches(connection, 0);
      table.dropSketches(connection, 1);
      for (int from = 0; from < end; from += Recentring.PAGE) {
        table.storeSketches(
            connection, Recentring.sketches(connection, table, centre, from), centre.generation());
      }
    }
  }

  private static int end(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT coalesce(max(id), 0) + 1 FROM item_number");
        ResultSet row = query.executeQuery()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}
