package io.smollama.memory;

/**
 * Whole numbers in few bytes: plain, as differences, or as differences of differences, whichever is
 * smallest; then zigzag, in blocks of 64 that are packed to the width that most of a block needs,
 * with what is wider set apart. A steady series costs a byte for each block. The arithmetic wraps
 * around, so any 64-bit numbers come back.
 */
final class LongColumn {
  private static final int BLOCK = 64;
  private static final int PATCHED = 0x80;
  private static final int HIGHEST_ORDER = 2;

  private LongColumn() {}

  static void write(BlobWriter out, long[] values) {
    int order = cheapestOrder(values);
    out.octet(order);
    long[] left = values.clone();
    for (int i = 0; i < order; i++) {
      differences(left);
    }
    for (int i = 0; i < left.length; i++) {
      left[i] = left[i] << 1 ^ left[i] >> 63;
    }
    for (int from = 0; from < left.length; from += BLOCK) {
      writeBlock(out, left, from, Math.min(left.length, from + BLOCK));
    }
  }

  static long[] read(BlobReader in, int count) {
    int order = in.octet();
    if (order > HIGHEST_ORDER) {
      throw new DamagedBlobException("differences of order " + order);
    }
    // a block of 64 has a byte at least
    if (count > (long) in.left() * BLOCK) {
      throw new DamagedBlobException("%d numbers in %d bytes".formatted(count, in.left()));
    }
    long[] values = new long[count];
    for (int from = 0; from < count; from += BLOCK) {
      readBlock(in, values, from, Math.min(count, from + BLOCK));
    }
    for (int i = 0; i < count; i++) {
      values[i] = values[i] >>> 1 ^ -(values[i] & 1);
    }
    for (int i = 0; i < order; i++) {
      sums(values);
    }
    return values;
  }

  private static int cheapestOrder(long[] values) {
    long[] bits = new long[HIGHEST_ORDER + 1];
    long last = 0;
    long lastStep = 0;
    for (long value : values) {
      long step = value - last;
      bits[0] += width(value << 1 ^ value >> 63);
      bits[1] += width(step << 1 ^ step >> 63);
      long turn = step - lastStep;
      bits[2] += width(turn << 1 ^ turn >> 63);
      last = value;
      lastStep = step;
    }
    int best = 0;
    for (int order = 1; order <= HIGHEST_ORDER; order++) {
      best = bits[order] < bits[best] ? order : best;
    }
    return best;
  }

  private static void differences(long[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      values[i] -= values[i - 1];
    }
  }

  private static void sums(long[] values) {
    for (int i = 1; i < values.length; i++) {
      values[i] += values[i - 1];
    }
  }

  private static void writeBlock(BlobWriter out, long[] values, int from, int to) {
    int width = cheapestWidth(values, from, to);
    int wider = 0;
    for (int i = from; i < to; i++) {
      wider += width(values[i]) > width ? 1 : 0;
    }
    out.octet(wider == 0 ? width : width | PATCHED);
    out.packed(values, from, to, width);
    if (wider > 0) {
      out.octet(wider);
      for (int i = from; i < to; i++) {
        if (width(values[i]) > width) {
          out.octet(i - from);
          out.number(values[i] >>> width);
        }
      }
    }
  }

  private static void readBlock(BlobReader in, long[] values, int from, int to) {
    int header = in.octet();
    int width = header & ~PATCHED;
    if (width > Long.SIZE) {
      throw new DamagedBlobException("a width of %d bits".formatted(width));
    }
    in.packed(values, from, to, width);
    int wider = (header & PATCHED) == 0 ? 0 : in.octet();
    for (int i = 0; i < wider; i++) {
      int at = from + in.octet();
      long high = in.number();
      if (at >= to || width == Long.SIZE) {
        throw new DamagedBlobException("a patch outside of its block");
      }
      values[at] |= high << width;
    }
  }

  /** Each number above the width costs its place and the bits that stand out. */
  private static int cheapestWidth(long[] values, int from, int to) {
    int[] ofWidth = new int[Long.SIZE + 1];
    for (int i = from; i < to; i++) {
      ofWidth[width(values[i])]++;
    }
    int best = Long.SIZE;
    int bestBits = Integer.MAX_VALUE;
    for (int width = 0; width <= Long.SIZE; width++) {
      int bits = width * (to - from);
      for (int above = width + 1; above <= Long.SIZE; above++) {
        if (ofWidth[above] > 0) {
          bits += ofWidth[above] * (8 + 8 * ((above - width + 6) / 7));
        }
      }
      if (bits < bestBits) {
        bestBits = bits;
        best = width;
      }
    }
    return best;
  }

  private static int width(long value) {
    return Long.SIZE - Long.numberOfLeadingZeros(value);
  }
}
