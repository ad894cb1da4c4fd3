package io.smollama.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A chunk of readings as bytes: times, kinds and values each as a column, and a checksum. What is
 * read is what was written, to the bit; NaN comes back as the canonical NaN. The form is told in
 * {@code docs/readings-history.md}.
 */
final class ChunkCodec {
  static final int VERSION = 1;

  /** The form of a chunk with values in doubt, which programs before this one do not know. */
  private static final int WITH_DOUBTED = 2;

  /** More is damage: sealing makes chunks of a few thousand, a commit at most so many. */
  private static final int MOST_SAMPLES = 1 << 20;

  private static final int MIXED = 4;

  private ChunkCodec() {}

  static byte[] encode(Samples samples) {
    BlobWriter out = new BlobWriter();
    out.octet(isDoubted(samples.kinds()) ? WITH_DOUBTED : VERSION);
    out.number(samples.count());
    writeKinds(out, samples.kinds());
    LongColumn.write(out, samples.times());
    int quantities = count(samples.kinds(), Samples.QUANTITY);
    if (quantities > 0) {
      DoubleColumn.write(out, numbers(samples, Samples.QUANTITY, quantities));
    }
    int flags = count(samples.kinds(), Samples.FLAG);
    if (flags > 0) {
      double[] states = numbers(samples, Samples.FLAG, flags);
      LongColumn.write(out, DoubleStream.of(states).mapToLong(s -> (long) s).toArray());
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < samples.count(); i++) {
      if (Samples.kind(samples.kinds()[i]) >= Samples.TEXT) {
        texts.add(samples.texts()[i]);
      }
    }
    if (!texts.isEmpty()) {
      TextColumn.write(out, texts);
    }
    return out.sealed();
  }

  /**
   * Reads a chunk.
   *
   * @throws DamagedBlobException if the bytes are not what was written
   */
  static Samples decode(byte[] bytes, String unit) {
    BlobReader in = BlobReader.ofSealed(bytes);
    int version = in.octet();
    if (version != VERSION && version != WITH_DOUBTED) {
      throw new DamagedBlobException(
          "of form %d, this program knows those up to %d".formatted(version, WITH_DOUBTED));
    }
    int count = in.count(MOST_SAMPLES);
    byte[] kinds = readKinds(in, count);
    long[] times = LongColumn.read(in, count);
    int quantities = count(kinds, Samples.QUANTITY);
    int flags = count(kinds, Samples.FLAG);
    double[] measured = quantities > 0 ? DoubleColumn.read(in, quantities) : new double[0];
    long[] states = flags > 0 ? LongColumn.read(in, flags) : new long[0];
    if (quantities == count) {
      return new Samples(unit, times, kinds, measured, new String[0]);
    }
    boolean worded = quantities + flags < count;
    List<String> words = worded ? TextColumn.read(in, count - quantities - flags) : List.of();
    return woven(
        new Samples(unit, times, kinds, new double[count], new String[worded ? count : 0]),
        measured,
        states,
        words);
  }

  private static Samples woven(Samples into, double[] measured, long[] states, List<String> words) {
    int quantity = 0;
    int flag = 0;
    int word = 0;
    for (int i = 0; i < into.count(); i++) {
      String text = "";
      switch (Samples.kind(into.kinds()[i])) {
        case Samples.QUANTITY -> into.numbers()[i] = measured[quantity++];
        case Samples.FLAG -> into.numbers()[i] = states[flag++];
        default -> text = words.get(word++);
      }
      if (into.texts().length > 0) {
        into.texts()[i] = text;
      }
    }
    return into;
  }

  private static void writeKinds(BlobWriter out, byte[] kinds) {
    int count = kinds.length;
    if (count == 0 || isUniform(kinds)) {
      out.octet(count == 0 ? Samples.QUANTITY : kinds[0]);
      return;
    }
    out.octet(MIXED);
    for (int from = 0; from < count; ) {
      int to = from;
      while (to < count && kinds[to] == kinds[from]) {
        to++;
      }
      out.octet(kinds[from]);
      out.number(to - from);
      from = to;
    }
  }

  private static boolean isDoubted(byte[] kinds) {
    for (byte kind : kinds) {
      if ((kind & Samples.DOUBTED) != 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUniform(byte[] kinds) {
    for (byte kind : kinds) {
      if (kind != kinds[0]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] readKinds(BlobReader in, int count) {
    // a chunk has at least a byte for 64 readings; a forged count must not take the memory
    if (count > 64L * in.left()) {
      throw new DamagedBlobException("%d readings in %d bytes".formatted(count, in.left()));
    }
    byte[] kinds = new byte[count];
    int first = in.octet();
    if (first != MIXED) {
      Arrays.fill(kinds, kind(first));
      return kinds;
    }
    for (int from = 0; from < count; ) {
      byte kind = kind(in.octet());
      int to = from + in.count(count - from);
      if (to == from) {
        throw new DamagedBlobException("an empty run of values");
      }
      Arrays.fill(kinds, from, to, kind);
      from = to;
    }
    return kinds;
  }

  private static byte kind(int kind) {
    if (Samples.kind((byte) kind) > Samples.JSON) {
      throw new DamagedBlobException("a value of kind " + kind);
    }
    return (byte) kind;
  }

  private static int count(byte[] kinds, int kind) {
    int count = 0;
    for (byte one : kinds) {
      count += Samples.kind(one) == kind ? 1 : 0;
    }
    return count;
  }

  private static double[] numbers(Samples samples, int kind, int count) {
    if (count == samples.count()) {
      return samples.numbers();
    }
    double[] numbers = new double[count];
    int at = 0;
    for (int i = 0; i < samples.count(); i++) {
      if (Samples.kind(samples.kinds()[i]) == kind) {
        numbers[at++] = samples.numbers()[i];
      }
    }
    return numbers;
  }
}
