package io.smollama.memory;

import java.util.Arrays;

/**
 * Doubles in few bytes, exact to the bit: as decimals of one number of places, with those that are
 * none set apart; or, where too many are none, as plain bytes sorted by weight and deflated. NaN
 * comes back as the canonical NaN.
 */
final class DoubleColumn {
  private static final int PLAIN = 0xFF;
  private static final int DEFLATED = 0xFE;
  private static final int SET_APART = 0x80;

  /** Bytes for each value; decimals that need less are not beaten by deflating. */
  private static final int PLAIN_MAY_BE_LESS = 3;

  private DoubleColumn() {}

  static void write(BlobWriter out, double[] values) {
    int[] places = new int[values.length];
    int[] having = new int[Decimals.MOST_PLACES + 1];
    for (int i = 0; i < values.length; i++) {
      places[i] = Decimals.placesOf(values[i]);
      if (places[i] >= 0) {
        having[places[i]]++;
      }
    }
    int most = Math.max(0, highest(having, 0));
    int usual = Math.max(0, highest(having, values.length / 20));
    byte[] best = decimal(values, places, most);
    if (usual < most) {
      best = shorter(best, decimal(values, places, usual));
    }
    if (best.length > PLAIN_MAY_BE_LESS * values.length) {
      best = shorter(best, plain(values));
    }
    out.octets(best);
  }

  private static byte[] shorter(byte[] one, byte[] other) {
    return other.length < one.length ? other : one;
  }

  /** The highest number of places once so many of the values with more are passed over. */
  private static int highest(int[] having, int passedOver) {
    int passed = 0;
    for (int places = having.length - 1; places >= 0; places--) {
      passed += having[places];
      if (passed > passedOver) {
        return places;
      }
    }
    return Decimals.NONE;
  }

  static double[] read(BlobReader in, int count) {
    int header = in.octet();
    if (header == PLAIN || header == DEFLATED) {
      return readPlain(in, count, header == DEFLATED);
    }
    int places = header & ~SET_APART;
    if (places > Decimals.MOST_PLACES) {
      throw new DamagedBlobException("numbers with %d decimal places".formatted(places));
    }
    long[] apart = new long[0];
    long[] bits = new long[0];
    if ((header & SET_APART) != 0) {
      int some = in.count(count);
      apart = LongColumn.read(in, some);
      bits = LongColumn.read(in, some);
    }
    long[] scaled = LongColumn.read(in, count);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = Decimals.of(scaled[i], places);
    }
    for (int i = 0; i < apart.length; i++) {
      if (apart[i] < 0 || apart[i] >= count) {
        throw new DamagedBlobException("a number outside of its column");
      }
      values[(int) apart[i]] = Double.longBitsToDouble(bits[i]);
    }
    return values;
  }

  private static byte[] decimal(double[] values, int[] places, int scale) {
    BlobWriter out = new BlobWriter();
    long[] scaled = new long[values.length];
    long[] apart = new long[values.length];
    long[] bits = new long[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      boolean fits =
          places[i] >= 0
              && (places[i] == scale || places[i] < scale && Decimals.fits(values[i], scale));
      if (fits) {
        scaled[i] = Decimals.scaled(values[i], scale);
      } else {
        scaled[i] = i == 0 ? 0 : scaled[i - 1];
        apart[count] = i;
        bits[count++] = Double.doubleToLongBits(values[i]);
      }
    }
    out.octet(count == 0 ? scale : scale | SET_APART);
    if (count > 0) {
      out.number(count);
      LongColumn.write(out, Arrays.copyOf(apart, count));
      LongColumn.write(out, Arrays.copyOf(bits, count));
    }
    LongColumn.write(out, scaled);
    return out.bytes();
  }

  private static byte[] plain(double[] values) {
    byte[] raw = new byte[8 * values.length];
    for (int i = 0; i < values.length; i++) {
      long bits = Double.doubleToLongBits(values[i]);
      for (int weight = 0; weight < 8; weight++) {
        raw[weight * values.length + i] = (byte) (bits >>> 8 * weight);
      }
    }
    BlobWriter out = new BlobWriter();
    byte[] deflated = Deflation.deflated(raw);
    boolean smaller = deflated.length + 3 < raw.length;
    out.octet(smaller ? DEFLATED : PLAIN);
    if (smaller) {
      out.number(deflated.length);
    }
    out.octets(smaller ? deflated : raw);
    return out.bytes();
  }

  private static double[] readPlain(BlobReader in, int count, boolean isDeflated) {
    int size = Math.multiplyExact(8, count);
    byte[] raw =
        isDeflated ? Deflation.inflated(in.octets(in.count(in.left())), size) : in.octets(size);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      long bits = 0;
      for (int weight = 0; weight < 8; weight++) {
        bits |= (raw[weight * count + i] & 0xFFL) << 8 * weight;
      }
      values[i] = Double.longBitsToDouble(bits);
    }
    return values;
  }
}
