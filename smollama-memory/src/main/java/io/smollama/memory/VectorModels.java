package io.smollama.memory;

import io.smollama.core.EmbeddingModel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The models of which vectors are stored, each with what the sketches of its vectors are against.
 */
final class VectorModels {
  private VectorModels() {}

  /**
   * What sketches are against. Another centre has the other generation of sketches, which is
   * written bit by bit and then taken into use at once.
   *
   * @param mean of the vectors, in the units in which they are stored
   * @param counted how many vectors there were when it was taken
   * @param generation 0 or 1
   */
  record Centre(float[] mean, long counted, int generation) {}

  /** The vectors of a model, which is written down if it is new. */
  static VectorTable of(Connection connection, EmbeddingModel model) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT OR IGNORE INTO vector_model (id, dimensions, mean, counted, generation)"
                    + " VALUES (?, ?, ?, 0, 0)");
        PreparedStatement find =
            connection.prepareStatement(
                "SELECT number FROM vector_model WHERE id = ? AND dimensions = ?")) {
      insert.setString(1, model.id());
      insert.setInt(2, model.dimensions());
      insert.setBytes(3, VectorBytes.of(new float[model.dimensions()]));
      insert.executeUpdate();
      find.setString(1, model.id());
      find.setInt(2, model.dimensions());
      try (ResultSet row = find.executeQuery()) {
        row.next();
        return new VectorTable(row.getInt(1));
      }
    }
  }

  /** The vectors of each model. */
  static List<VectorTable> all(Connection connection) throws SQLException {
    List<VectorTable> all = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement("SELECT number FROM vector_model");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        all.add(new VectorTable(rows.getInt(1)));
      }
    }
    return all;
  }

  static Centre centre(Connection connection, VectorTable table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT mean, counted, generation FROM vector_model WHERE number = ?")) {
      query.setInt(1, table.model());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new Centre(VectorBytes.floats(row.getBytes(1)), row.getLong(2), row.getInt(3));
      }
    }
  }

  static int setCentre(Connection connection, VectorTable table, Centre centre)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE vector_model SET mean = ?, counted = ?, generation = ? WHERE number = ?")) {
      update.setBytes(1, VectorBytes.of(centre.mean()));
      update.setLong(2, centre.counted());
      update.setInt(3, centre.generation());
      update.setInt(4, table.model());
      return update.executeUpdate();
    }
  }
}
