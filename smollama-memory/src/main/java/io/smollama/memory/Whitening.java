package io.smollama.memory;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Lets what a question shares with everything count less, and says how near is near. Directions in
 * which all texts differ much tell little of one of them; the question is made smaller there, by
 * the inverse of the texts' covariance with a ridge (a Mahalanobis product; Ledoit and Wolf, "A
 * Well-Conditioned Estimator for Large-Dimensional Covariance Matrices", 2004, on why a ridge).
 * Only questions change: stored vectors stay what the model made. Told from some hundred texts. One
 * thread at a time.
 */
final class Whitening {
  private static final int SAMPLE = 256;

  /** Fewer tell nothing of directions, and a question stays as it is. */
  private static final int FEWEST = 64;

  /** The ridge as a share of the texts' variance, besides one text's own. */
  private static final double RIDGE = 7.0 / 384;

  /** Outweighs rounding where all texts are one. */
  private static final double LEAST_RIDGE = 1e-3;

  /** How much of the mean of all texts is taken off a question first. */
  private static final double CENTRED = 0.4;

  private final VectorTable table;
  private float[][] sample = {};
  private float[] mean = {};
  private float[][] factor = {};
  private double ridge;
  private int takenAt = -1;

  Whitening(VectorTable table) {
    this.table = table;
  }

  /** Gives the items to sample. */
  interface Chooser {
    int[] spread(int most);
  }

  /** Takes the sample again if the corpus has grown or shrunk by a quarter. */
  void refresh(Connection connection, int vectors, Chooser chooser) throws SQLException {
    if (takenAt < 0 || 4L * Math.abs(vectors - takenAt) >= takenAt) {
      take(
          Stream.of(table.values(connection, chooser.spread(SAMPLE)))
              .filter(Objects::nonNull)
              .map(VectorBytes::unit)
              .toArray(float[][]::new));
      takenAt = vectors;
    }
  }

  /** Takes unit vectors as the sample; they are changed. */
  void take(float[][] vectors) {
    sample = vectors;
    mean = new float[vectors.length == 0 ? 0 : vectors[0].length];
    for (float[] one : vectors) {
      add(mean, one, 1f / vectors.length);
    }
    for (float[] one : vectors) {
      add(one, mean, -1);
    }
    factor = new float[vectors.length][];
    double trace = 0;
    for (int i = 0; i < factor.length; i++) {
      factor[i] = new float[i + 1];
      for (int j = 0; j <= i; j++) {
        factor[i][j] = (float) dot(sample[i], sample[j]);
      }
      trace += factor[i][i];
    }
    ridge = trace * (RIDGE + 1.0 / Math.max(1, factor.length)) + LEAST_RIDGE;
    for (int i = 0; i < factor.length; i++) {
      factor[i][i] += (float) ridge;
    }
    decompose(factor);
  }

  /** Cholesky's decomposition, in place. */
  private static void decompose(float[][] lower) {
    for (int i = 0; i < lower.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = lower[i][j];
        for (int k = 0; k < j; k++) {
          sum -= (double) lower[i][k] * lower[j][k];
        }
        lower[i][j] = (float) (i == j ? Math.sqrt(sum) : sum / lower[j][j]);
      }
    }
  }

  /** What a question looks for, and how its products with all texts are spread. */
  WhitenedQuery of(short[] query) {
    float[] direction = VectorBytes.unit(query);
    double[] products =
        sample.length < FEWEST ? products(direction) : productsOfWhitened(direction);
    return WhitenedQuery.of(direction, sample.length == 0 ? 0 : dot(mean, direction), products);
  }

  private double[] products(float[] direction) {
    double[] products = new double[sample.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = dot(sample[i], direction);
    }
    return products;
  }

  /**
   * Whitens a direction; its products with the sample come out on the way, as a share of the ridge.
   */
  private double[] productsOfWhitened(float[] direction) {
    add(direction, mean, (float) -CENTRED);
    double[] shares = products(direction);
    solve(shares);
    for (int i = 0; i < shares.length; i++) {
      add(direction, sample[i], (float) -shares[i]);
      shares[i] *= ridge;
    }
    return shares;
  }

  private void solve(double[] right) {
    for (int i = 0; i < right.length; i++) {
      for (int j = 0; j < i; j++) {
        right[i] -= factor[i][j] * right[j];
      }
      right[i] /= factor[i][i];
    }
    for (int i = right.length - 1; i >= 0; i--) {
      right[i] /= factor[i][i];
      for (int j = 0; j < i; j++) {
        right[j] -= factor[i][j] * right[i];
      }
    }
  }

  private static void add(float[] to, float[] other, float times) {
    for (int i = 0; i < to.length; i++) {
      to[i] += times * other[i];
    }
  }

  private static double dot(float[] one, float[] other) {
    float first = 0;
    float second = 0;
    float third = 0;
    float fourth = 0;
    int i = 0;
    for (; i + 3 < one.length; i += 4) { // four sums, so that one does not wait for the other
      first += one[i] * other[i];
      second += one[i + 1] * other[i + 1];
      third += one[i + 2] * other[i + 2];
      fourth += one[i + 3] * other[i + 3];
    }
    for (; i < one.length; i++) {
      first += one[i] * other[i];
    }
    return first + second + third + fourth;
  }
}
