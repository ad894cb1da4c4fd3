package io.smollama.memory;

import java.util.Arrays;

/**
 * The {@link VectorSketch}es of all vectors of one model: 50 bytes for 384 components, and two more
 * for the query at hand. They tell well enough which few hundred to compare exactly. One thread at
 * a time.
 */
final class VectorIndex {
  /** Of the error of a good estimate, so many standard deviations are reckoned with. */
  private static final double DOUBT = 3;

  private final int words;
  private Chunk[] chunks = {};

  /** In how many signs an item differs from the query. */
  private short[] differing = new short[0];

  VectorIndex(int dimensions) {
    this.words = VectorSketch.words(dimensions);
  }

  /** The sketches of as many items as a chunk of {@link ItemMarks} has. */
  private final class Chunk {
    final long[] signs = new long[ItemMarks.CHUNK * words];
    final byte[] lengths = new byte[ItemMarks.CHUNK];
    final byte[] alongs = new byte[ItemMarks.CHUNK];
  }

  void put(int item, byte[] sketch) {
    int before = chunks.length;
    if (before <= item >> ItemMarks.CHUNK_BITS) {
      chunks = Arrays.copyOf(chunks, (item >> ItemMarks.CHUNK_BITS) + 1);
      Arrays.setAll(chunks, number -> number < before ? chunks[number] : new Chunk());
    }
    Chunk chunk = chunk(item);
    int slot = item & ItemMarks.CHUNK - 1;
    VectorBytes.longs(sketch, chunk.signs, slot * words, words);
    chunk.lengths[slot] = sketch[words * Long.BYTES];
    chunk.alongs[slot] = sketch[words * Long.BYTES + 1];
  }

  private Chunk chunk(int item) {
    return chunks[item >> ItemMarks.CHUNK_BITS];
  }

  /**
   * Compares all items; the roughly nearest that have a vector and that the filter admits. Many are
   * shared among the processors: what takes the time is reading them from memory.
   */
  BestItems compare(QuerySketch query, int most, ItemMarks marks, Admission admission) {
    makeRoom(marks.end());
    BestItems nearest = new BestItems(most);
    ItemParts.each(
            marks.end(),
            (from, to) -> {
              NearestItems part = new NearestItems(this, query, most, marks, admission);
              for (int start = from; start < to; start += ItemMarks.CHUNK) {
                part.compare(start, Math.min(ItemMarks.CHUNK, to - start));
              }
              return part.best();
            })
        .forEach(nearest::offerAll);
    return nearest;
  }

  /** Before items below a number are compared. */
  void makeRoom(int end) {
    if (differing.length < end) {
      differing = new short[end + end / 8];
    }
  }

  /**
   * Compares so many items of one chunk. Several threads may do so at a time, each another chunk.
   *
   * @return whether any of the chunk may have a vector
   */
  boolean compare(QuerySketch query, int start, int count) {
    if (start >> ItemMarks.CHUNK_BITS >= chunks.length) {
      return false;
    }
    compare(query.signs(), chunk(start).signs, start, count);
    return true;
  }

  private void compare(long[] query, long[] signs, int start, int end) {
    if (words == 6) {
      compare6(query, signs, start, end);
    } else {
      for (int slot = 0, at = 0; slot < end; slot++, at += words) {
        int bits = 0;
        for (int word = 0; word < query.length; word++) {
          bits += Long.bitCount(query[word] ^ signs[at + word]);
        }
        differing[start + slot] = (short) bits;
      }
    }
  }

  /** For 384 components, which most small models have: without a loop it takes half the time. */
  private void compare6(long[] query, long[] signs, int start, int end) {
    long first = query[0];
    long second = query[1];
    long third = query[2];
    long fourth = query[3];
    long fifth = query[4];
    long sixth = query[5];
    for (int slot = 0, at = 0; slot < end; slot++, at += 6) {
      differing[start + slot] =
          (short)
              (Long.bitCount(first ^ signs[at])
                  + Long.bitCount(second ^ signs[at + 1])
                  + Long.bitCount(third ^ signs[at + 2])
                  + Long.bitCount(fourth ^ signs[at + 3])
                  + Long.bitCount(fifth ^ signs[at + 4])
                  + Long.bitCount(sixth ^ signs[at + 5]));
    }
  }

  /** In how many signs an item differs from the query that it was compared with last. */
  int differing(int item) {
    return differing[item];
  }

  /** The codes of the lengths of the sketches of a chunk. */
  byte[] lengths(int start) {
    return chunk(start).lengths;
  }

  /** Adds what rough nearness is worth to so many items of one chunk; nothing without a vector. */
  void addRough(int start, int count, RoughWorth worth, ItemMarks marks, float[] scores) {
    if (start >> ItemMarks.CHUNK_BITS < chunks.length) {
      int[] marked = marks.chunk(start).marks;
      byte[] lengths = chunk(start).lengths;
      for (int slot = 0; slot < count; slot++) {
        if ((marked[slot] & ItemMarks.VECTOR) != 0) {
          scores[slot] += worth.of(differing[start + slot], lengths[slot]);
        }
      }
    }
  }

  /** What the rough nearness of an item to the query compared last is worth; it has a vector. */
  float rough(RoughWorth worth, int item) {
    return worth.of(differing[item], chunk(item).lengths[item & ItemMarks.CHUNK - 1]);
  }

  /** A good estimate of an item's product with the query; the item must have a vector. */
  float product(QuerySketch query, int item) {
    Chunk chunk = chunk(item);
    int slot = item & ItemMarks.CHUNK - 1;
    return query.product(chunk.signs, slot * words, chunk.lengths[slot], chunk.alongs[slot]);
  }

  /** By how much that estimate may be wrong, but for one in some hundred. */
  double doubt(QuerySketch query, int item) {
    return DOUBT * query.deviation(chunk(item).lengths[item & ItemMarks.CHUNK - 1]);
  }
}
