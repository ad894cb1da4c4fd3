package io.smollama.memory;

import java.util.Map;
import java.util.TreeMap;

/**
 * Takes the mean of all vectors anew and writes their signs against it, page by page, beside the
 * old signs: whoever recalls meanwhile goes on with those. One thread at a time.
 */
final class Recentring {
  /** So many vectors tell the mean well enough. */
  static final int SAMPLE = 4_096;

  private static final int REWRITTEN_AT_ONCE = 2_048;

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
   * @param generation what the new signs are kept as
   * @param end one more than the highest item
   */
  void run(long vectors, int generation, int end) {
    VectorTable.Centre centre = new VectorTable.Centre(mean(), vectors, generation);
    VectorIndex signs = new VectorIndex(centre.mean());
    database.write(connection -> table.dropSigns(connection, generation));
    for (int from = 0; from < end; from += REWRITTEN_AT_ONCE) {
      int first = from;
      Map<Integer, long[]> rewritten = new TreeMap<>();
      database.read(
          connection -> {
            table.eachValue(
                connection,
                first,
                first + REWRITTEN_AT_ONCE - 1,
                (item, value) -> rewritten.put(item, signs.signs(VectorBytes.read(value))));
            return rewritten.size();
          });
      database.write(connection -> table.storeSigns(connection, rewritten, generation));
    }
    database.write(connection -> table.setCentre(connection, centre));
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
