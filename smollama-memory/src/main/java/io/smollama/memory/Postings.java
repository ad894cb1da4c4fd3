package io.smollama.memory;

import java.util.Arrays;

/**
 * In which items a term stands, and how often: gaps between item numbers and counts as varints,
 * little more than a byte an item for a common term. One thread at a time.
 */
final class Postings {
  /** From here on the count follows in a varint of its own; the low two bits hold less. */
  private static final int MORE = 3;

  private byte[] bytes = new byte[16];
  private int length;
  private int count;
  private int last = -1;

  /** Adds an item with a higher number than all before. */
  void add(int item, int times) {
    if (item <= last) {
      throw new IllegalArgumentException("Item %d does not follow %d".formatted(item, last));
    }
    int few = Math.min(times - 1, MORE);
    write((long) (item - last) << 2 | few);
    if (few == MORE) {
      write(times);
    }
    last = item;
    count++;
  }

  /** How many items have the term. */
  int count() {
    return count;
  }

  int last() {
    return last;
  }

  int size() {
    return bytes.length;
  }

  Postings trimmed() {
    bytes = Arrays.copyOf(bytes, length);
    return this;
  }

  /** Takes one posting. */
  interface Visitor {
    void visit(int item, int times);
  }

  /** Visits all in the order of their numbers. */
  void each(Visitor visitor) {
    int item = -1;
    int at = 0;
    while (at < length) {
      long value = 0;
      int shift = 0;
      byte next;
      do {
        next = bytes[at++];
        value |= (next & 0x7FL) << shift;
        shift += 7;
      } while (next < 0);
      item += (int) (value >>> 2);
      int times = (int) (value & MORE) + 1;
      if (times > MORE) {
        times = 0;
        shift = 0;
        do {
          next = bytes[at++];
          times |= (next & 0x7F) << shift;
          shift += 7;
        } while (next < 0);
      }
      visitor.visit(item, times);
    }
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
