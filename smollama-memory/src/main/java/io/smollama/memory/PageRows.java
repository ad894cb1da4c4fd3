package io.smollama.memory;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of tables from pages, whichever table they are of; see "B-tree Pages" and "Record
 * Format" of SQLite's file format. One thread at a time.
 */
final class PageRows {
  /** A leaf of a table; no other page has rows. */
  private static final byte LEAF = 0x0D;

  private static final int FILE_HEADER = 100;
  private static final int PAGE_HEADER = 8;
  private static final int LONGEST_VARINT = 9;
  private static final int LARGEST_ROW = 64 << 20;

  private final PageFile file;
  private int unreadable;

  PageRows(PageFile file) {
    this.file = file;
  }

  /** Takes a row; a value is a {@link Long}, {@link Double}, {@link String}, bytes or null. */
  interface Taker {
    void take(long number, List<@Nullable Object> values);
  }

  /**
   * Gives all rows, in the order of the pages; of rows that were changed older forms, too, unless
   * the file says which pages are free.
   */
  void each(Taker taker) throws IOException {
    unreadable = 0;
    BitSet free = file.freePages();
    for (int number = free.nextClearBit(1);
        number <= file.pages();
        number = free.nextClearBit(number + 1)) {
      ByteBuffer page = file.page(number);
      int header = number == 1 ? FILE_HEADER : 0;
      if (page.limit() >= header + PAGE_HEADER && page.get(header) == LEAF) {
        int cells = page.getShort(header + 3) & 0xFFFF;
        for (int i = 0; i < cells; i++) {
          cell(page, header + PAGE_HEADER + 2 * i, taker);
        }
      }
    }
  }

  /** How many rows could not be read. */
  int unreadable() {
    return unreadable;
  }

  private void cell(ByteBuffer page, int pointer, Taker taker) throws IOException {
    long number;
    List<@Nullable Object> values;
    try {
      ByteBuffer cell = page.duplicate().position(page.getShort(pointer) & 0xFFFF);
      int length = length(varint(cell));
      number = varint(cell);
      values = values(payload(cell, length, page.limit()));
    } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException e) {
      unreadable++;
      return;
    }
    taker.take(number, values);
  }

  private static int length(long value) {
    if (value < 0 || value > LARGEST_ROW) {
      throw new IllegalArgumentException("No row is so long");
    }
    return (int) value;
  }

  /** What does not fit into the page goes on in others, which are chained. */
  private ByteBuffer payload(ByteBuffer cell, int length, int usable) throws IOException {
    int most = usable - 35;
    int least = (usable - 12) * 32 / 255 - 23;
    int fitting = least + (length - least) % (usable - 4);
    int here = length <= most ? length : fitting <= most ? fitting : least;
    ByteBuffer payload = ByteBuffer.allocate(length);
    payload.put(cell.duplicate().limit(cell.position() + here));
    cell.position(cell.position() + here);
    int next = payload.hasRemaining() ? cell.getInt() : 0;
    while (payload.hasRemaining()) {
      ByteBuffer page = file.page(next);
      next = page.getInt();
      if (!page.hasRemaining()) {
        throw new BufferUnderflowException(); // else a page that names itself would be read for
        // ever
      }
      payload.put(page.limit(Math.min(page.limit(), page.position() + payload.remaining())));
    }
    return payload.flip();
  }

  private static List<@Nullable Object> values(ByteBuffer record) {
    int body = length(varint(record));
    ByteBuffer header = record.duplicate().limit(body);
    ByteBuffer values = record.duplicate().position(body);
    List<@Nullable Object> all = new ArrayList<>();
    while (header.hasRemaining()) {
      all.add(value(length(varint(header)), values));
    }
    return all;
  }

  private static @Nullable Object value(int type, ByteBuffer from) {
    return switch (type) {
      case 0 -> null;
      case 1, 2, 3, 4 -> integer(from, type);
      case 5 -> integer(from, 6);
      case 6 -> integer(from, 8);
      case 7 -> from.getDouble();
      case 8 -> 0L;
      case 9 -> 1L;
      default -> {
        byte[] bytes = new byte[Math.min((type - 12) / 2, from.remaining() + 1)];
        from.get(bytes);
        yield type % 2 == 0 ? bytes : new String(bytes, StandardCharsets.UTF_8);
      }
    };
  }

  private static Long integer(ByteBuffer from, int bytes) {
    long value = from.get();
    for (int i = 1; i < bytes; i++) {
      value = value << 8 | from.get() & 0xFF;
    }
    return value;
  }

  private static long varint(ByteBuffer from) {
    long value = 0;
    for (int i = 1; i < LONGEST_VARINT; i++) {
      byte next = from.get();
      value = value << 7 | next & 0x7F;
      if (next >= 0) {
        return value;
      }
    }
    return value << 8 | from.get() & 0xFF;
  }
}
