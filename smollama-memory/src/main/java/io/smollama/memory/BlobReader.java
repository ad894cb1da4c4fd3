package io.smollama.memory;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Reads what {@link BlobWriter} wrote. Whatever the bytes are, a read ends, takes no more memory
 * than the blob accounts for, and throws {@link DamagedBlobException} past the end.
 */
final class BlobReader {
  static final int CHECKSUM = 4;

  private final byte[] bytes;
  private final int end;
  private int at;

  private BlobReader(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  static BlobReader of(byte[] bytes) {
    return new BlobReader(bytes, bytes.length);
  }

  /** Checks the CRC-32C at the end first. */
  static BlobReader ofSealed(byte[] bytes) {
    int end = bytes.length - CHECKSUM;
    if (end < 0) {
      throw new DamagedBlobException("only %d bytes are left".formatted(bytes.length));
    }
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, end);
    if ((int) sum.getValue() != ByteBuffer.wrap(bytes).getInt(end)) {
      throw new DamagedBlobException("the checksum over %d bytes differs".formatted(end));
    }
    return new BlobReader(bytes, end);
  }

  int octet() {
    require(1);
    return bytes[at++] & 0xFF;
  }

  byte[] octets(int count) {
    require(count);
    byte[] values = new byte[count];
    System.arraycopy(bytes, at, values, 0, count);
    at += count;
    return values;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int octet = octet();
      value |= (octet & 0x7FL) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw new DamagedBlobException("a number has more than ten bytes");
  }

  /** A number of things; more than the bound is damage. */
  int count(int most) {
    long value = number();
    if (value < 0 || value > most) {
      throw new DamagedBlobException("%d where at most %d can be".formatted(value, most));
    }
    return (int) value;
  }

  void packed(long[] into, int from, int to, int width) {
    long bits = (long) (to - from) * width;
    require((int) ((bits + 7) / 8));
    int position = at;
    int available = 0;
    int pending = 0;
    for (int i = from; i < to; i++) {
      long value = 0;
      int have = 0;
      while (have < width) {
        if (available == 0) {
          pending = bytes[position++] & 0xFF;
          available = 8;
        }
        int taken = Math.min(available, width - have);
        value |= (pending & ((1L << taken) - 1)) << have;
        pending >>>= taken;
        available -= taken;
        have += taken;
      }
      into[i] = value;
    }
    at = position;
  }

  int left() {
    return end - at;
  }

  private void require(int count) {
    if (count < 0 || count > end - at) {
      throw new DamagedBlobException(
          "%d bytes are wanted and %d are left".formatted(count, end - at));
    }
  }
}
