package io.smollama.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A vector in a bit a component and two bytes: the signs of its difference from the mean of the
 * corpus, how long that difference is, and how well the signs alone point along it. From these a
 * cosine can be told within a few hundredths (Gao and Long, "RaBitQ: Quantizing High-Dimensional
 * Vectors with a Theoretical Error Bound for Approximate Nearest Neighbor Search", 2024).
 */
final class VectorSketch {
  /** The difference of two unit vectors, of which the mean is at most one, is at most so long. */
  private static final float LONGEST = 2;

  private static final float CODES = 255;

  private VectorSketch() {}

  /** Words of signs for so many components. */
  static int words(int dimensions) {
    return (dimensions + Long.SIZE - 1) / Long.SIZE;
  }

  /** Bytes of a stored sketch. */
  static int size(int dimensions) {
    return words(dimensions) * Long.BYTES + 2;
  }

  /**
   * Makes a sketch.
   *
   * @param fixed the vector as stored
   * @param mean of the corpus, in the same units
   */
  static byte[] of(short[] fixed, float[] mean) {
    long[] signs = new long[words(fixed.length)];
    double squares = 0;
    double sum = 0;
    for (int i = 0; i < fixed.length; i++) {
      double difference = fixed[i] - mean[i];
      squares += difference * difference;
      sum += Math.abs(difference);
      if (difference > 0) {
        signs[i >> 6] |= 1L << i;
      }
    }
    double length = Math.sqrt(squares);
    double along = length == 0 ? 1 : sum / (length * Math.sqrt(fixed.length));
    ByteBuffer bytes = ByteBuffer.allocate(size(fixed.length)).order(ByteOrder.LITTLE_ENDIAN);
    for (long word : signs) {
      bytes.putLong(word);
    }
    bytes.put(code(length / VectorBytes.ONE / LONGEST)).put(code(along));
    return bytes.array();
  }

  private static byte code(double share) {
    return (byte) Math.round(CODES * Math.min(1, share));
  }

  /** How far a vector is from the mean. */
  static float length(byte code) {
    return (code & 0xFF) * LONGEST / CODES;
  }

  /** The cosine between a vector's difference from the mean and the signs of it. */
  static float along(byte code) {
    return Math.max(1, code & 0xFF) / CODES;
  }
}
