package io.smollama.memory;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Deflated bytes (RFC 1951) of known size. */
final class Deflation {
  private Deflation() {}

  static byte[] deflated(byte[] raw) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(raw);
      deflater.finish();
      byte[] room = new byte[raw.length + 64];
      int size = deflater.deflate(room);
      return deflater.finished() ? Arrays.copyOf(room, size) : room;
    } finally {
      deflater.end();
    }
  }

  static byte[] inflated(byte[] deflated, int size) {
    // deflate makes at most 1032 bytes of one
    if (size > 1032L * deflated.length + 64) {
      throw new DamagedBlobException("%d bytes cannot become %d".formatted(deflated.length, size));
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      byte[] raw = new byte[size];
      int filled = inflater.inflate(raw);
      if (filled != size) {
        throw new DamagedBlobException(
            "%d bytes became %d, not %d".formatted(deflated.length, filled, size));
      }
      return raw;
    } catch (DataFormatException e) {
      throw new DamagedBlobException("deflated bytes: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }
}
