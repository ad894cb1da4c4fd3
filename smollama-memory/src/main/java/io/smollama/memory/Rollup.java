package io.smollama.memory;

import java.util.Arrays;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the numbers of a window did; all but the count are 0 where there are none. */
record Rollup(long count, double min, double max, double sum, double first, double last) {
  static final Rollup NOTHING = new Rollup(0, 0, 0, 0, 0, 0);

  /** Of the numbers among samples; NaN is no number. */
  static Rollup of(Samples samples, int from, int to) {
    double[] numbers = new double[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      if (samples.isNumber(i)) {
        numbers[count++] = samples.numbers()[i];
      }
    }
    if (count == 0) {
      return NOTHING;
    }
    double min = numbers[0];
    double max = numbers[0];
    for (int i = 1; i < count; i++) {
      min = Math.min(min, numbers[i]);
      max = Math.max(max, numbers[i]);
    }
    double sum = Decimals.sum(numbers, 0, count);
    return new Rollup(count, min, max, sum, numbers[0], numbers[count - 1]);
  }

  /** Of windows in order of time. */
  static Rollup of(Collection<Rollup> windows) {
    return windows.stream().reduce(NOTHING, Rollup::then);
  }

  Rollup then(Rollup later) {
    if (count == 0 || later.count == 0) {
      return count == 0 ? later : this;
    }
    double total = Decimals.sum(new double[] {sum, later.sum}, 0, 2);
    return new Rollup(
        count + later.count,
        Math.min(min, later.min),
        Math.max(max, later.max),
        total,
        first,
        later.last);
  }

  double mean() {
    return sum / count;
  }

  static byte[] encode(SortedMap<Integer, Rollup> windows) {
    Rollup[] rollups = windows.values().toArray(new Rollup[0]);
    BlobWriter out = new BlobWriter();
    out.octet(ChunkCodec.VERSION);
    out.number(rollups.length);
    LongColumn.write(out, windows.keySet().stream().mapToLong(Integer::longValue).toArray());
    LongColumn.write(out, Arrays.stream(rollups).mapToLong(Rollup::count).toArray());
    DoubleColumn.write(out, Arrays.stream(rollups).mapToDouble(Rollup::min).toArray());
    DoubleColumn.write(out, Arrays.stream(rollups).mapToDouble(Rollup::max).toArray());
    DoubleColumn.write(out, Arrays.stream(rollups).mapToDouble(Rollup::sum).toArray());
    DoubleColumn.write(out, Arrays.stream(rollups).mapToDouble(Rollup::first).toArray());
    DoubleColumn.write(out, Arrays.stream(rollups).mapToDouble(Rollup::last).toArray());
    return out.sealed();
  }

  static SortedMap<Integer, Rollup> decode(byte[] bytes) {
    BlobReader in = BlobReader.ofSealed(bytes);
    int version = in.octet();
    if (version != ChunkCodec.VERSION) {
      throw new DamagedBlobException("of form %d".formatted(version));
    }
    int count = in.count(RollupLevel.WINDOWS);
    long[] places = LongColumn.read(in, count);
    long[] counts = LongColumn.read(in, count);
    double[] mins = DoubleColumn.read(in, count);
    double[] maxs = DoubleColumn.read(in, count);
    double[] sums = DoubleColumn.read(in, count);
    double[] firsts = DoubleColumn.read(in, count);
    double[] lasts = DoubleColumn.read(in, count);
    SortedMap<Integer, Rollup> windows = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      windows.put(
          (int) places[i], new Rollup(counts[i], mins[i], maxs[i], sums[i], firsts[i], lasts[i]));
    }
    return windows;
  }
}
