package io.smollama.memory;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How far apart the cosines of a query to all texts lie, told from a few hundred of them. The
 * cosines of one model all lie between 0.66 and 0.90, of another between -0.2 and 0.8, so that only
 * the distance from the mean, in standard deviations, says the same for all. One thread at a time.
 */
final class CosineSpread {
  private static final int SAMPLE = 256;

  /** What is assumed before there are texts to tell it from, and for how many texts that stands. */
  private static final double USUAL = 0.1;

  private static final int USUAL_COUNTS = 4;

  private final VectorTable table;
  private short[][] sample = {};
  private int takenAt = -1;

  CosineSpread(VectorTable table) {
    this.table = table;
  }

  /** The mean and the standard deviation of the cosines of one query. */
  record Spread(double mean, double deviation) {
    double standardised(double cosine) {
      return (cosine - mean) / deviation;
    }
  }

  /** Gives the items to sample. */
  interface Chooser {
    int[] spread(int most);
  }

  /** Takes the sample again if the corpus has grown or shrunk by a quarter. */
  void refresh(Connection connection, int vectors, Chooser chooser) throws SQLException {
    if (takenAt < 0 || 4L * Math.abs(vectors - takenAt) >= takenAt) {
      sample =
          Stream.of(table.values(connection, chooser.spread(SAMPLE)))
              .filter(Objects::nonNull)
              .toArray(short[][]::new);
      takenAt = vectors;
    }
  }

  Spread of(short[] query) {
    double sum = 0;
    double squares = 0;
    for (short[] one : sample) {
      double cosine = VectorBytes.cosine(query, one);
      sum += cosine;
      squares += cosine * cosine;
    }
    int count = sample.length;
    double mean = count == 0 ? 0 : sum / count;
    double scatter = Math.max(0, squares - count * mean * mean) + USUAL_COUNTS * USUAL * USUAL;
    return new Spread(mean, Math.sqrt(scatter / (count + USUAL_COUNTS)));
  }
}
