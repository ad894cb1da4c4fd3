package io.smollama.memory;

import java.util.Arrays;

/**
 * In which items a term stands, and how often: gaps between item numbers and counts as varints,
 * little more than a byte an item for a common term. Blocks of {@value #BLOCK} can be read alone,
 * so that a few items are found in a long list without reading all of it. One thread at a time.
 */
final class Postings {
  static final int BLOCK = 128;

  /** From here on the count follows in a varint of its own; the low two bits hold less. */
  private static final int MORE = 3;

  private static final int WIDEST_GAP = (1 << 30) - 1;

  private byte[] bytes = new byte[16];
  private int length;
  private int count;
  private int last = -1;
  private int mostTimes;

  /** Of each block: the item before it, then where its bytes begin. */
  private int[] blocks = new int[2];

  /** The postings of one block, made plain. The arrays are used again. */
  static final class Block {
    final int[] items = new int[BLOCK];
    final int[] times = new int[BLOCK];
    int count;
  }

  /** Adds an item with a higher number than all before. */
  void add(int item, int times) {
    if (item <= last || item - last > WIDEST_GAP) {
      throw new IllegalArgumentException("Item %d does not follow %d".formatted(item, last));
    }
    if (count % BLOCK == 0) {
      beginBlock();
    }
    int few = Math.min(times - 1, MORE);
    write((long) (item - last) << 2 | few);
    if (few == MORE) {
      write(times);
    }
    last = item;
    mostTimes = Math.max(mostTimes, times);
    count++;
  }

  private void beginBlock() {
    int at = 2 * (count / BLOCK);
    if (at == blocks.length) {
      blocks = Arrays.copyOf(blocks, 2 * at + 2);
    }
    blocks[at] = last;
    blocks[at + 1] = length;
  }

  /** How many items have the term. */
  int count() {
    return count;
  }

  int last() {
    return last;
  }

  /** How often it stands in the item where it stands most; 0 if there is none. */
  int mostTimes() {
    return mostTimes;
  }

  int size() {
    return bytes.length + blocks.length * Integer.BYTES;
  }

  Postings trimmed() {
    bytes = Arrays.copyOf(bytes, length);
    blocks = Arrays.copyOf(blocks, 2 * blocks());
    return this;
  }

  /** The item before those of a block; -1 before the first. */
  int before(int block) {
    return blocks[2 * block];
  }

  int blocks() {
    return (count + BLOCK - 1) / BLOCK;
  }

  /**
   * The last block that begins before an item: there it is, or nowhere.
   *
   * @param from a block that begins before the item; the nearer the less there is to search
   */
  int blockOf(int item, int from) {
    int low = from;
    int width = 1;
    while (low + width < blocks() && blocks[2 * (low + width)] < item) {
      low += width;
      width *= 2;
    }
    int high = Math.min(blocks(), low + width) - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (blocks[2 * middle] < item) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  void read(int block, Block into) {
    int some = Math.min(BLOCK, count - block * BLOCK);
    int item = blocks[2 * block];
    int at = blocks[2 * block + 1];
    for (int i = 0; i < some; i++) {
      int next = bytes[at++];
      int value = next & 0x7F;
      for (int shift = 7; next < 0; shift += 7) {
        next = bytes[at++];
        value |= (next & 0x7F) << shift;
      }
      item += value >>> 2;
      int times = (value & MORE) + 1;
      if (times > MORE) {
        next = bytes[at++];
        times = next & 0x7F;
        for (int shift = 7; next < 0; shift += 7) {
          next = bytes[at++];
          times |= (next & 0x7F) << shift;
        }
      }
      into.items[i] = item;
      into.times[i] = times;
    }
    into.count = some;
  }

  private void write(long value) {
    if (length + 10 > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length + bytes.length / 4 + 16);
    }
    long rest = value;
    while (rest > 0x7F) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }
}
