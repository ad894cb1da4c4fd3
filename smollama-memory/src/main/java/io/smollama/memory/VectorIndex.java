package io.smollama.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The signs of all vectors of one model, against the mean of the corpus: one bit a component, 48
 * bytes for 384 of them. The number of bits in which two vectors differ (Charikar, "Similarity
 * Estimation Techniques from Rounding Algorithms", 2002) tells well enough which few hundred to
 * compare exactly. One thread at a time.
 */
final class VectorIndex {
  /** So many by differing bits, of which the best few hundred are found by {@link SignSum}. */
  private static final int SHORTLIST = 1_000;

  private static final int SEEN = ItemMarks.PRESENT | ItemMarks.VECTOR;

  private final int words;
  private float[] mean;
  private final List<long[]> chunks = new ArrayList<>();
  private short[] distances = new short[0];
  private final int[] histogram;
  private int compared;
  private double meanDistance;
  private double deviation;

  VectorIndex(float[] mean) {
    this.mean = mean;
    this.words = (mean.length + 63) / 64;
    this.histogram = new int[words * 64 + 1];
  }

  /** The signs of a vector against the mean. */
  long[] signs(short[] fixed) {
    long[] bits = new long[words];
    for (int i = 0; i < fixed.length; i++) {
      if (fixed[i] > mean[i]) {
        bits[i >> 6] |= 1L << (i & 63);
      }
    }
    return bits;
  }

  /** From now on signs are against another mean; all that is here must be put again. */
  void recentre(float[] another) {
    mean = another;
  }

  void put(int item, long[] signs) {
    System.arraycopy(signs, 0, chunkOf(item), (item & ItemMarks.CHUNK - 1) * words, words);
  }

  void put(int item, byte[] signs) {
    VectorBytes.longs(signs, chunkOf(item), (item & ItemMarks.CHUNK - 1) * words);
  }

  private long[] chunkOf(int item) {
    while (chunks.size() <= item >> ItemMarks.CHUNK_BITS) {
      chunks.add(new long[ItemMarks.CHUNK * words]);
    }
    return chunks.get(item >> ItemMarks.CHUNK_BITS);
  }

  /** Bytes held for the signs. */
  long size() {
    return (long) chunks.size() * ItemMarks.CHUNK * words * Long.BYTES;
  }

  /** Compares all items that have a vector and that the filter admits. */
  void compare(long[] query, ItemMarks marks, Admission admission) {
    if (distances.length < marks.end()) {
      distances = new short[marks.end() + marks.end() / 8];
    }
    Arrays.fill(histogram, 0);
    compared = 0;
    for (int start = 0; start < marks.end(); start += ItemMarks.CHUNK) {
      compareChunk(start, query, marks, admission);
    }
    summarise();
  }

  private void compareChunk(int start, long[] query, ItemMarks marks, Admission admission) {
    int end = Math.min(ItemMarks.CHUNK, marks.end() - start);
    if (start >> ItemMarks.CHUNK_BITS >= chunks.size()) {
      Arrays.fill(distances, start, start + end, (short) -1);
      return;
    }
    boolean plain = admission.isPlain();
    ItemMarks.Chunk chunk = marks.chunk(start);
    long[] signs = chunks.get(start >> ItemMarks.CHUNK_BITS);
    for (int slot = 0, at = 0; slot < end; slot++, at += words) {
      int marked = chunk.marks[slot];
      boolean admitted =
          plain && (marked & ItemMarks.SPANNED) == 0
              ? (marked & SEEN) == SEEN
              : (marked & SEEN) == SEEN && admission.admits(chunk, slot, start + slot);
      int distance = -1;
      if (admitted) {
        distance = words == 6 ? difference6(query, signs, at) : difference(query, signs, at);
        histogram[distance]++;
        compared++;
      }
      distances[start + slot] = (short) distance;
    }
  }

  private static int difference(long[] query, long[] signs, int at) {
    int distance = 0;
    for (int word = 0; word < query.length; word++) {
      distance += Long.bitCount(query[word] ^ signs[at + word]);
    }
    return distance;
  }

  /** For 384 components, which most small models have: without a loop it takes half the time. */
  private static int difference6(long[] query, long[] signs, int at) {
    return Long.bitCount(query[0] ^ signs[at])
        + Long.bitCount(query[1] ^ signs[at + 1])
        + Long.bitCount(query[2] ^ signs[at + 2])
        + Long.bitCount(query[3] ^ signs[at + 3])
        + Long.bitCount(query[4] ^ signs[at + 4])
        + Long.bitCount(query[5] ^ signs[at + 5]);
  }

  private void summarise() {
    double sum = 0;
    double squares = 0;
    for (int distance = 0; distance < histogram.length; distance++) {
      sum += (double) distance * histogram[distance];
      squares += (double) distance * distance * histogram[distance];
    }
    meanDistance = compared == 0 ? 0 : sum / compared;
    double variance = compared == 0 ? 0 : squares / compared - meanDistance * meanDistance;
    deviation = Math.sqrt(Math.max(variance, 1));
  }

  /** By how many deviations an item is nearer than most; 0 for one that was not compared. */
  double nearness(int item) {
    return distances[item] < 0 ? 0 : (meanDistance - distances[item]) / deviation;
  }

  /** The items that are probably nearest, in the order of their numbers. */
  int[] nearest(short[] query, int most, int end) {
    int[] shortlist = leastDifferent(Math.max(SHORTLIST, 2 * most), end);
    if (shortlist.length <= most) {
      return shortlist;
    }
    SignSum sum = new SignSum(query, words);
    float[] sums = new float[shortlist.length];
    for (int i = 0; i < sums.length; i++) {
      int item = shortlist[i];
      sums[i] =
          sum.of(chunks.get(item >> ItemMarks.CHUNK_BITS), (item & ItemMarks.CHUNK - 1) * words);
    }
    float[] sorted = sums.clone();
    Arrays.sort(sorted);
    float least = sorted[sorted.length - most];
    int[] found = new int[most];
    int count = 0;
    for (int i = 0; i < sums.length && count < most; i++) {
      if (sums[i] >= least) {
        found[count++] = shortlist[i];
      }
    }
    return Arrays.copyOf(found, count);
  }

  private int[] leastDifferent(int most, int end) {
    int limit = 0;
    int within = histogram[0];
    while (limit < histogram.length - 1 && within + histogram[limit + 1] <= most) {
      within += histogram[++limit];
    }
    int spare = most - within;
    int[] found = new int[Math.min(most, compared)];
    int count = 0;
    for (int item = 0; item < end && count < found.length; item++) {
      int distance = distances[item];
      if (distance >= 0 && (distance <= limit || (distance == limit + 1 && spare-- > 0))) {
        found[count++] = item;
      }
    }
    return found;
  }
}
