package io.smollama.memory;

import java.util.Arrays;

/**
 * A query made ready to be compared with many {@link VectorSketch}es. Both estimates are of the
 * product, of vectors the cosine: a rough one from the number of differing signs (Charikar,
 * "Similarity Estimation Techniques from Rounding Algorithms", 2002), and a good one from the sum
 * of the query's own components over the signs, which takes longer. Immutable.
 */
final class QuerySketch {
  private static final int BYTE = 256;

  /** The part of a difference from the mean that signs point along, for components like a bell. */
  private static final double USUAL_ALONG = Math.sqrt(2 / Math.PI);

  private final int dimensions;
  private final long[] signs;
  private final float ownLength;
  private final float total;
  private final float[] sums;

  /** Of each number of differing signs, the cosine of the angle that it speaks of. */
  private final float[] angles;

  /** Of each length code, the product of the query with the mean, and of the mean with the rest. */
  private final float[] offsets = new float[BYTE];

  private QuerySketch(float[] difference, float product) {
    this.dimensions = difference.length;
    this.signs = new long[VectorSketch.words(dimensions)];
    this.sums = new float[signs.length * Long.BYTES * BYTE];
    this.angles = new float[dimensions + 1];
    Arrays.fill(offsets, product);
    double squares = 0;
    double sum = 0;
    for (int i = 0; i < dimensions; i++) {
      squares += difference[i] * difference[i];
      sum += difference[i];
      if (difference[i] > 0) {
        signs[i >> 6] |= 1L << i;
      }
    }
    this.ownLength = (float) Math.sqrt(squares);
    this.total = (float) sum;
    fillSums(Arrays.copyOf(difference, signs.length * Long.SIZE));
    for (int bits = 0; bits <= dimensions; bits++) {
      angles[bits] = (float) Math.cos(Math.PI * bits / dimensions);
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
    for (int code = 0; code < BYTE; code++) {
      float length = VectorSketch.length((byte) code);
      // vectors have the length 1: that tells their part along the mean from their distance to it
      sketch.offsets[code] += (float) (1 - square - length * length) / 2;
    }
    return sketch;
  }

  private void fillSums(float[] difference) {
    for (int place = 0; place < signs.length * Long.BYTES; place++) {
      for (int bits = 1; bits < BYTE; bits++) {
        sums[place * BYTE + bits] =
            sums[place * BYTE + (bits & bits - 1)]
                + difference[place * Byte.SIZE + Integer.numberOfTrailingZeros(bits)];
      }
    }
  }

  /** The signs of the query's difference from the mean. */
  long[] signs() {
    return signs;
  }

  /** A rough estimate of the product. */
  float rough(int differing, byte lengthCode) {
    float length = VectorSketch.length(lengthCode);
    return offsets[lengthCode & 0xFF] + ownLength * length * angles[differing];
  }

  /** Of each length code, in how many signs an item may differ to have so great a rough product. */
  short[] limits(double product) {
    short[] limits = new short[BYTE];
    int bits = dimensions; // from one length to the next it changes little
    for (int code = 0; code < BYTE; code++) {
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
    float sum = 0;
    int table = 0;
    for (int word = 0; word < signs.length; word++) {
      long bits = others[at + word];
      for (int place = 0; place < Long.BYTES; place++) {
        sum += sums[table + (int) (bits & BYTE - 1)];
        bits >>>= Byte.SIZE;
        table += BYTE;
      }
    }
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
