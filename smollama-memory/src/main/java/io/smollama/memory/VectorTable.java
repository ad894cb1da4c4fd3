package io.smollama.memory;

import io.smollama.core.Embedding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stored vectors of one model and their sketches. */
final class VectorTable {
  private static final int MODEL_SHIFT = 41;
  private static final int GENERATION_SHIFT = 40;

  private final int model;

  /** The rows of the model of a number, see {@link VectorModels}. */
  VectorTable(int model) {
    this.model = model;
  }

  /** The number of the model. */
  int model() {
    return model;
  }

  private long key(int item) {
    return (long) model << MODEL_SHIFT | item;
  }

  private long sketchKey(int generation, int item) {
    return key(item) | (long) generation << GENERATION_SHIFT;
  }

  /** Takes what is stored of one item. */
  interface Visitor {
    void visit(int item, byte[] stored) throws SQLException;
  }

  /** All sketches, by rising item numbers. */
  void eachSketch(Connection connection, int generation, Visitor visitor) throws SQLException {
    String sql = "SELECT key, bits FROM vector_sign WHERE key BETWEEN ? AND ?";
    long first = sketchKey(generation, 0);
    each(connection, sql, first, first + Integer.MAX_VALUE, visitor);
  }

  /** The vectors of the items from one number to another, both included. */
  void eachValue(Connection connection, int from, int to, Visitor visitor) throws SQLException {
    String sql = "SELECT key, value FROM vector_value WHERE key BETWEEN ? AND ?";
    each(connection, sql, key(from), key(to), visitor);
  }

  private static void each(
      Connection connection, String sql, Object first, Object second, Visitor visitor)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, first);
      query.setObject(2, second);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          visitor.visit((int) rows.getLong(1), rows.getBytes(2));
        }
      }
    }
  }

  /** The vectors of some items in one query, in their order; null for an item that has none. */
  short @Nullable [][] values(Connection connection, int[] items) throws SQLException {
    short @Nullable [][] found = new short[items.length][];
    int[] next = {0};
    each(
        connection,
        "SELECT stored.key, stored.value FROM json_each(?) AS wanted"
            + " CROSS JOIN vector_value AS stored ON stored.key = ? | wanted.value",
        json(items),
        key(0),
        (item, stored) -> {
          while (items[next[0]] != item) {
            next[0]++;
          }
          found[next[0]] = VectorBytes.read(stored);
        });
    return found;
  }

  /** The sketches of some items; an item that has no vector is left out. */
  void sketches(Connection connection, int generation, int[] items, Visitor visitor)
      throws SQLException {
    each(
        connection,
        "SELECT stored.key, stored.bits FROM json_each(?) AS wanted"
            + " CROSS JOIN vector_sign AS stored ON stored.key = ? | wanted.value",
        json(items),
        sketchKey(generation, 0),
        visitor);
  }

  static String json(int[] items) {
    StringBuilder list = new StringBuilder(items.length * 8).append('[');
    for (int item : items) {
      list.append(list.length() == 1 ? "" : ",").append(item);
    }
    return list.append(']').toString();
  }

  /** A text with the vector that was made of it. */
  record Made(int item, String text, Embedding vector) {
    byte[] sketch(float[] mean) {
      return VectorSketch.of(VectorBytes.fixed(vector), mean);
    }
  }

  /** Stores vectors, but not of a text that has changed meanwhile; gives those stored. */
  List<Made> store(Connection connection, List<Made> made, float[] mean, int generation)
      throws SQLException {
    List<Made> stored = new ArrayList<>();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO vector_value SELECT ?, ? FROM item"
                + " WHERE id = ? AND text = ?")) {
      for (Made one : made) {
        insert.setLong(1, key(one.item()));
        insert.setBytes(2, VectorBytes.of(VectorBytes.fixed(one.vector())));
        insert.setInt(3, one.item());
        insert.setString(4, one.text());
        if (insert.executeUpdate() > 0) {
          stored.add(one);
        }
      }
    }
    Map<Integer, byte[]> sketches = new HashMap<>();
    stored.forEach(one -> sketches.put(one.item(), one.sketch(mean)));
    storeSketches(connection, sketches, generation);
    return stored;
  }

  /** Stores the sketches of vectors that are still there. */
  int storeSketches(Connection connection, Map<Integer, byte[]> sketches, int generation)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO vector_sign SELECT ?, ? FROM vector_value WHERE key = ?")) {
      for (Map.Entry<Integer, byte[]> one : sketches.entrySet()) {
        insert.setLong(1, sketchKey(generation, one.getKey()));
        insert.setBytes(2, one.getValue());
        insert.setLong(3, key(one.getKey()));
        insert.executeUpdate();
      }
    }
    return sketches.size();
  }

  /** Drops the sketches of one generation. */
  int dropSketches(Connection connection, int generation) throws SQLException {
    long first = sketchKey(generation, 0);
    return run(
        connection,
        "DELETE FROM vector_sign WHERE key BETWEEN ? AND ?",
        first,
        first + Integer.MAX_VALUE);
  }

  /** Drops all vectors of this model. */
  int dropAll(Connection connection) throws SQLException {
    dropSketches(connection, 0);
    dropSketches(connection, 1);
    return run(
        connection,
        "DELETE FROM vector_value WHERE key BETWEEN ? AND ?",
        key(0),
        key(Integer.MAX_VALUE));
  }

  /** Drops what other models left; gives how many models. */
  int dropOthers(Connection connection) throws SQLException {
    long after = (long) (model + 1) << MODEL_SHIFT;
    for (String table : List.of("vector_value", "vector_sign")) {
      run(connection, "DELETE FROM " + table + " WHERE key < ? OR key >= ?", key(0), after);
    }
    return run(connection, "DELETE FROM vector_model WHERE number NOT IN (?, ?)", model, model);
  }

  private static int run(Connection connection, String sql, long first, long second)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, first);
      statement.setLong(2, second);
      return statement.executeUpdate();
    }
  }
}
