package io.smollama.memory;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes the mean of all vectors anew and writes their sketches against it, page by page, beside the
 * old sketches: whoever recalls meanwhile goes on with those. One thread at a time.
 */
final class Recentring {
  /** So many vectors tell the mean well enough. */
  static final int SAMPLE = 4_096;

  /** So many items are rewritten at once. */
  static final int PAGE = 2_048;

  private final Database database;
  private final VectorTable table;
  private final int dimensions;
  private final int[] sample;

  /**
   * Begins nothing yet.
   *
   * @param sample items that have a vector, evenly spread over all
   */
  Recentring(Database database, VectorTable table, int dimensions, int[] sample) {
    this.database = database;
    this.table = table;
    this.dimensions = dimensions;
    this.sample = sample;
  }

  /**
   * Does it.
   *
   * @param vectors how many there are
   * @param generation what the new sketches are kept as
   * @param end one more than the highest item
   */
  void run(long vectors, int generation, int end) {
    VectorModels.Centre centre = new VectorModels.Centre(mean(), vectors, generation);
    database.write(connection -> table.dropSketches(connection, generation));
    for (int from = 0; from < end; from += PAGE) {
      int first = from;
      Map<Integer, byte[]> page = database.read(c -> sketches(c, table, centre, first));
      database.write(connection -> table.storeSketches(connection, page, generation));
    }
    database.write(connection -> VectorModels.setCentre(connection, table, centre));
  }

  /** The sketches of a page of items, made of their vectors. */
  static Map<Integer, byte[]> sketches(
      Connection connection, VectorTable table, VectorModels.Centre centre, int from)
      throws SQLException {
    Map<Integer, byte[]> page = new TreeMap<>();
    table.eachValue(
        connection,
        from,
        from + PAGE - 1,
        (item, value) -> page.put(item, VectorSketch.of(VectorBytes.read(value), centre.mean())));
    return page;
  }

  private float[] mean() {
    float[] sum = new float[dimensions];
    int count = 0;
    for (short[] value : database.read(connection -> table.values(connection, sample))) {
      for (int i = 0; value != null && i < sum.length; i++) {
        sum[i] += value[i];
      }
      count += value == null ? 0 : 1;
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= Math.max(1, count);
    }
    return sum;
  }
}
