package io.smollama.memory;

import io.smollama.core.Embedding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A unit vector as stored: 16-bit fixed point, little-endian, 1 is {@value #ONE}. A cosine is off
 * by about 0.00003.
 */
final class VectorBytes {
  static final int ONE = 32_767;

  private VectorBytes() {}

  static short[] fixed(Embedding embedding) {
    float[] components = embedding.toArray();
    short[] fixed = new short[components.length];
    for (int i = 0; i < fixed.length; i++) {
      fixed[i] = (short) Math.round(components[i] * ONE);
    }
    return fixed;
  }

  static byte[] of(short[] fixed) {
    ByteBuffer bytes =
        ByteBuffer.allocate(fixed.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(fixed);
    return bytes.array();
  }

  static short[] read(byte[] bytes) {
    short[] fixed = new short[bytes.length / Short.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(fixed);
    return fixed;
  }

  /** The cosine; the sum fits an int, for both are unit vectors. */
  static double cosine(short[] one, short[] other) {
    int sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum / ((double) ONE * ONE);
  }

  /** The components as they were, but for rounding. */
  static float[] unit(short[] fixed) {
    float[] components = new float[fixed.length];
    for (int i = 0; i < fixed.length; i++) {
      components[i] = (float) fixed[i] / ONE;
    }
    return components;
  }

  static byte[] of(float[] components) {
    ByteBuffer bytes =
        ByteBuffer.allocate(components.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(components);
    return bytes.array();
  }

  static float[] floats(byte[] bytes) {
    float[] components = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(components);
    return components;
  }

  /** Reads so many longs from the beginning. */
  static void longs(byte[] bytes, long[] target, int from, int count) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(target, from, count);
  }
}
