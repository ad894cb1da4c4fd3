package io.smollama.memory;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Bytes that grow, and the forms in which numbers are written into them. */
final class BlobWriter {
  private byte[] bytes = new byte[256];
  private int size;

  void octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  void octets(byte[] values) {
    room(values.length);
    System.arraycopy(values, 0, bytes, size, values.length);
    size += values.length;
  }

  /** An unsigned number, seven bits to the byte, the lowest first. */
  void number(long value) {
    room(10);
    long left = value;
    while ((left & ~0x7FL) != 0) {
      bytes[size++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  /** The lowest {@code width} bits of each value, packed, the lowest bit first. */
  void packed(long[] values, int from, int to, int width) {
    room((int) (((long) (to - from) * width + 7) / 8));
    int filled = 0;
    int pending = 0;
    for (int i = from; i < to; i++) {
      long value = values[i];
      int left = width;
      while (left > 0) {
        int taken = Math.min(8 - filled, left);
        pending |= (int) (value & ((1 << taken) - 1)) << filled;
        value >>>= taken;
        filled += taken;
        left -= taken;
        if (filled == 8) {
          bytes[size++] = (byte) pending;
          filled = 0;
          pending = 0;
        }
      }
    }
    if (filled > 0) {
      bytes[size++] = (byte) pending;
    }
  }

  int size() {
    return size;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** All bytes and, behind them, four of CRC-32C, by which damage is found. */
  byte[] sealed() {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, size);
    byte[] whole = Arrays.copyOf(bytes, size + BlobReader.CHECKSUM);
    ByteBuffer.wrap(whole).putInt(size, (int) sum.getValue());
    return whole;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }
}
