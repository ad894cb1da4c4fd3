package io.smollama.memory;

import java.util.Arrays;

/**
 * A query made ready to be compared with many {@link VectorSketch}es. Both estimates are of the
 * product, of vectors the cosine: a rough one from the number of differing signs (Charikar,
 * "Similarity Estimation Techniques from Rounding Algorithms", 2002), and a good one from the sum
 * of the query's own components over the signs, each in {@value #PLANES} bits (RaBitQ). Immutable.
 */
final class QuerySketch {
  private static final int CODES = 256;
  private static final int PLANES = 6;

  /** The part of a difference from the mean that signs point along, for components like a bell. */
  private static final double USUAL_ALONG = Math.sqrt(2 / Math.PI);

  private final int dimensions;
  private final long[] signs;
  private final float ownLength;
  private final float total;

  /** What a component is whose bits are all 0, and what one more is worth. */
  private final float least;

  private final float step;

  /** For each word of components the lowest bits of all, then the next ones, and so on. */
  private final long[] planes;

  /** Of each number of differing signs, the cosine of the angle that it speaks of. */
  private final float[] angles;

  /** Of each length code, the product of the query with the mean, and of the mean with the rest. */
  private final float[] offsets = new float[CODES];

  private QuerySketch(float[] difference, float product) {
    this.dimensions = difference.length;
    this.signs = new long[VectorSketch.words(dimensions)];
    this.planes = new long[signs.length * PLANES];
    this.angles = new float[dimensions + 1];
    Arrays.fill(offsets, product);
    double squares = 0;
    double sum = 0;
    float lowest = Float.POSITIVE_INFINITY;
    float highest = Float.NEGATIVE_INFINITY;
    for (float component : difference) {
      squares += component * component;
      sum += component;
      lowest = Math.min(lowest, component);
      highest = Math.max(highest, component);
    }
    this.ownLength = (float) Math.sqrt(squares);
    this.total = (float) sum;
    this.least = lowest;
    this.step = Math.max(Float.MIN_NORMAL, (highest - lowest) / ((1 << PLANES) - 1));
    for (int i = 0; i < dimensions; i++) {
      place(i, difference[i]);
    }
    for (int bits = 0; bits <= dimensions; bits++) {
      angles[bits] = (float) Math.cos(Math.PI * bits / dimensions);
    }
  }

  private void place(int component, float value) {
    int word = component >> 6;
    long bit = 1L << component;
    if (value > 0) {
      signs[word] |= bit;
    }
    int steps = Math.round((value - least) / step);
    for (int plane = 0; plane < PLANES; plane++) {
      if ((steps >> plane & 1) != 0) {
        planes[word * PLANES + plane] |= bit;
      }
    }
  }

  /**
   * For products with any direction.
   *
   * @param mean of the corpus, as stored
   */
  static QuerySketch ofDirection(float[] direction, float[] mean) {
    double product = 0;
    for (int i = 0; i < direction.length; i++) {
      product += direction[i] * mean[i] / VectorBytes.ONE;
    }
    return new QuerySketch(direction, (float) product);
  }

  /**
   * For cosines with a vector of the kind that is compared: it shares their mean, which is taken
   * off so that estimates are better.
   */
  static QuerySketch ofVector(short[] vector, float[] mean) {
    float[] difference = VectorBytes.unit(vector);
    double product = 0;
    double square = 0;
    for (int i = 0; i < difference.length; i++) {
      float centre = mean[i] / VectorBytes.ONE;
      product += difference[i] * centre;
      square += centre * centre;
      difference[i] -= centre;
    }
    QuerySketch sketch = new QuerySketch(difference, (float) product);
    for (int code = 0; code < CODES; code++) {
      float length = VectorSketch.length((byte) code);
      // vectors have the length 1: that tells their part along the mean from their distance to it
      sketch.offsets[code] += (float) (1 - square - length * length) / 2;
    }
    return sketch;
  }

  /** The signs of the query's difference from the mean. */
  long[] signs() {
    return signs;
  }

  /**
   * What rough estimates are worth.
   *
   * @param mean the product that is worth nothing
   * @param worth of one more
   */
  RoughWorth worth(double mean, double worth) {
    float[] usual = new float[CODES];
    float[] reach = new float[CODES];
    for (int code = 0; code < CODES; code++) {
      usual[code] = (float) ((offsets[code] - mean) * worth);
      reach[code] = (float) (ownLength * VectorSketch.length((byte) code) * worth);
    }
    return new RoughWorth(usual, reach, angles);
  }

  /** A rough estimate of the product. */
  float rough(int differing, byte lengthCode) {
    float length = VectorSketch.length(lengthCode);
    return offsets[lengthCode & 0xFF] + ownLength * length * angles[differing];
  }

  /** Of each length code, in how many signs an item may differ to have so great a rough product. */
  short[] limits(double product) {
    short[] limits = new short[CODES];
    int bits = dimensions; // from one length to the next it changes little
    for (int code = 0; code < CODES; code++) {
      double least = (product - offsets[code]) / (ownLength * VectorSketch.length((byte) code));
      while (bits < dimensions && angles[bits + 1] >= least) {
        bits++;
      }
      while (bits >= 0 && !(angles[bits] >= least)) {
        bits--;
      }
      limits[code] = (short) bits;
    }
    return limits;
  }

  /** A good estimate of the product. */
  float product(long[] others, int at, byte lengthCode, byte alongCode) {
    int positive = 0;
    int steps = 0;
    for (int word = 0, place = 0; word < signs.length; word++, place += PLANES) {
      long bits = others[at + word];
      positive += Long.bitCount(bits);
      steps +=
          Long.bitCount(bits & planes[place])
              + (Long.bitCount(bits & planes[place + 1]) << 1)
              + (Long.bitCount(bits & planes[place + 2]) << 2)
              + (Long.bitCount(bits & planes[place + 3]) << 3)
              + (Long.bitCount(bits & planes[place + 4]) << 4)
              + (Long.bitCount(bits & planes[place + 5]) << 5);
    }
    float sum = least * positive + step * steps;
    float length = VectorSketch.length(lengthCode);
    double unit = Math.sqrt(dimensions) * VectorSketch.along(alongCode);
    return offsets[lengthCode & 0xFF] + (float) (length * (2 * sum - total) / unit);
  }

  /** The standard deviation of the error of a rough estimate. */
  double roughDeviation() {
    return ownLength * Math.PI / (2 * Math.sqrt(dimensions));
  }

  /** The standard deviation of the error of a good estimate, for an item of such length. */
  double deviation(byte lengthCode) {
    double missed = (1 - USUAL_ALONG * USUAL_ALONG) / (USUAL_ALONG * USUAL_ALONG);
    return ownLength * VectorSketch.length(lengthCode) * Math.sqrt(missed / (dimensions - 1.0));
  }
}
