package io.smollama.memory;

import io.smollama.core.Embedding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An embedding as stored: 32-bit floats, little-endian. */
final class VectorBytes {
  private VectorBytes() {}

  static byte[] of(Embedding embedding) {
    float[] components = embedding.toArray();
    ByteBuffer bytes =
        ByteBuffer.allocate(components.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(components);
    return bytes.array();
  }

  static Embedding read(byte[] bytes) {
    float[] components = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(components);
    return Embedding.of(components);
  }
}
