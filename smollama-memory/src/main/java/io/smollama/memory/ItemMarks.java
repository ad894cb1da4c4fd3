package io.smollama.memory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a search must know of each item without reading its row: what filters ask for, and the
 * length of its text. Items are addressed by their number; chunks of 1,024 keep growth cheap. An
 * item takes 12 bytes, 24 more in chunks where some item is hidden or has a time of validity. One
 * thread at a time.
 */
final class ItemMarks {
  static final int CHUNK_BITS = 10;
  static final int CHUNK = 1 << CHUNK_BITS;

  static final int PRESENT = 1;
  static final int VECTOR = 2;
  static final int SPANNED = 4;
  static final int MEMORY = 8;
  static final int TIMED = 16;

  /** Recorded shortly after the item of the number before, by the same node. */
  static final int JOINED = 32;

  /** Its text ends as a question: there is a question mark in the second half. */
  static final int QUESTION = 64;

  static final int TYPE_SHIFT = 8;
  static final int NODE_SHIFT = 16;

  /** What {@link #put} reads; the length of a text is in a table of FTS5, as a varint. */
  static final String SELECT =
      "SELECT item.id, kind, type, node, time, hidden_from, valid_from, valid_to, docsize.sz,"
          + " instr(substr(item.text, length(item.text) / 2 + 1), '?') > 0"
          + " FROM item LEFT JOIN item_text_docsize AS docsize ON docsize.id = item.id";

  private static final int LONGER_REACH = 4;
  private static final int LONGER_ZERO = 128;
  private static final int LONGER_STEPS = 64;

  private static final long LATEST_SECOND = 0xFFFF_FFFFL;
  private static final long JOINED_WITHIN_MILLIS = 10 * 60 * 1_000L;

  final NameCodes types = new NameCodes(8);
  final NameCodes nodes = new NameCodes(16);
  private Chunk[] chunks = {};
  private int end;
  private int count;
  private long words;

  /** The marks of 1,024 items. */
  static final class Chunk {
    final int[] marks = new int[CHUNK];
    private final int[] seconds = new int[CHUNK];
    private final short[] milliseconds = new short[CHUNK];
    final byte[] lengths = new byte[CHUNK];

    /** How long texts are beside their neighbours, see {@link #longer}; 0 for not known yet. */
    private final byte[] longer = new byte[CHUNK];

    /** Three a slot: hidden from, valid from, valid to, in ms since 1970. */
    long @Nullable [] spans;

    /** When an item was recorded, in ms since 1970; a time beyond 1970 to 2106 is the bound. */
    long time(int slot) {
      return (seconds[slot] & LATEST_SECOND) * 1_000 + milliseconds[slot];
    }

    private void setTime(int slot, long time) {
      long bounded = Math.max(0, Math.min(LATEST_SECOND * 1_000, time));
      seconds[slot] = (int) (bounded / 1_000);
      milliseconds[slot] = (short) (bounded % 1_000);
    }
  }

  /** One more than the highest number. */
  int end() {
    return end;
  }

  /** How many items there are. */
  int count() {
    return count;
  }

  /** The mean number of words of a text, at least 1. */
  double meanLength() {
    return count == 0 ? 1 : Math.max(1, (double) words / count);
  }

  Chunk chunk(int item) {
    return chunks[item >> CHUNK_BITS];
  }

  int marks(int item) {
    return item < end && item >= 0 ? chunk(item).marks[item & CHUNK - 1] : 0;
  }

  boolean has(int item, int mark) {
    return (marks(item) & mark) != 0;
  }

  /** The length of a text as {@link TextLength} has it. */
  byte lengthCode(int item) {
    return chunk(item).lengths[item & CHUNK - 1];
  }

  int length(int item) {
    return TextLength.decode(lengthCode(item));
  }

  /** The logarithm of how many times longer a text is than the mean of it and its neighbours. */
  double longer(int item) {
    byte[] known = chunk(item).longer;
    int slot = item & CHUNK - 1;
    if (known[slot] == 0) {
      long steps = Math.round(measureLonger(item) * LONGER_STEPS);
      known[slot] = (byte) (LONGER_ZERO + Math.max(1 - LONGER_ZERO, Math.min(127, steps)));
    }
    return (double) ((known[slot] & 0xFF) - LONGER_ZERO) / LONGER_STEPS;
  }

  private double measureLonger(int item) {
    int sum = length(item);
    int texts = 1;
    int after = item + 1;
    for (int i = 0; i < LONGER_REACH && has(after, JOINED); i++, texts++) {
      sum += length(after++);
    }
    int before = item;
    for (int i = 0; i < LONGER_REACH && has(before, JOINED); i++, texts++) {
      sum += length(--before);
    }
    return sum == 0 ? 0 : Math.log((double) Math.max(1, length(item)) * texts / sum);
  }

  private void forgetLonger(int item) {
    int end = Math.min(this.end, item + LONGER_REACH + 1);
    for (int i = Math.max(0, item - LONGER_REACH); i < end; i++) {
      chunk(i).longer[i & CHUNK - 1] = 0;
    }
  }

  void set(int item, int mark, boolean on) {
    int[] marks = chunk(item).marks;
    int slot = item & CHUNK - 1;
    marks[slot] = on ? marks[slot] | mark : marks[slot] & ~mark;
  }

  /** Takes over a row of {@link #SELECT}; what is known of the item's vector stays. */
  int put(ResultSet row) throws SQLException {
    int item = Math.toIntExact(row.getLong(1));
    int vector = marks(item) & VECTOR;
    remove(item);
    grow(item);
    Chunk chunk = chunk(item);
    int slot = item & CHUNK - 1;
    int marks =
        PRESENT
            | vector
            | (row.getInt(2) == KnowledgeKind.MEMORY.ordinal() ? MEMORY : 0)
            | (row.getBoolean(10) ? QUESTION : 0)
            | types.of(row.getString(3)) << TYPE_SHIFT
            | nodes.of(row.getString(4)) << NODE_SHIFT;
    chunk.setTime(slot, row.getLong(5));
    marks |= row.wasNull() ? 0 : TIMED;
    marks |= putSpan(chunk, slot, row) ? SPANNED : 0;
    chunk.marks[slot] = marks;
    chunk.lengths[slot] = TextLength.encode(row.getBytes(9));
    count++;
    words += length(item);
    join(item);
    join(item + 1);
    forgetLonger(item);
    return item;
  }

  private static boolean putSpan(Chunk chunk, int slot, ResultSet row) throws SQLException {
    long hidden = orElse(row, 6, Long.MAX_VALUE);
    long from = orElse(row, 7, Long.MIN_VALUE);
    long to = orElse(row, 8, Long.MAX_VALUE);
    boolean spanned = hidden != Long.MAX_VALUE || from != Long.MIN_VALUE || to != Long.MAX_VALUE;
    if (spanned && chunk.spans == null) {
      chunk.spans = new long[3 * CHUNK];
    }
    long[] spans = chunk.spans;
    if (spanned && spans != null) {
      spans[3 * slot] = hidden;
      spans[3 * slot + 1] = from;
      spans[3 * slot + 2] = to;
    }
    return spanned;
  }

  private static long orElse(ResultSet row, int column, long otherwise) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? otherwise : value;
  }

  /** Forgets an item; one that is not there is no error. */
  void remove(int item) {
    if (has(item, PRESENT)) {
      count--;
      words -= length(item);
      chunk(item).marks[item & CHUNK - 1] = 0;
      join(item + 1);
      forgetLonger(item);
    }
  }

  private void grow(int item) {
    int before = chunks.length;
    if (before <= item >> CHUNK_BITS) {
      chunks = Arrays.copyOf(chunks, (item >> CHUNK_BITS) + 1);
      Arrays.setAll(chunks, number -> number < before ? chunks[number] : new Chunk());
    }
    end = Math.max(end, item + 1);
  }

  private void join(int item) {
    int both = marks(item) & marks(item - 1);
    if (item > 0 && has(item, PRESENT)) {
      boolean joined =
          (both & (PRESENT | TIMED)) == (PRESENT | TIMED)
              && marks(item) >>> NODE_SHIFT == marks(item - 1) >>> NODE_SHIFT
              && Math.abs(time(item) - time(item - 1)) <= JOINED_WITHIN_MILLIS;
      set(item, JOINED, joined);
    }
  }

  private long time(int item) {
    return chunk(item).time(item & CHUNK - 1);
  }

  /** Items that have a vector, evenly spread over all. */
  int[] spread(int most) {
    int[] items = IntStream.range(0, end).filter(i -> has(i, ItemMarks.VECTOR)).toArray();
    int all = items.length;
    int[] some = new int[Math.min(most, all)];
    for (int i = 0; i < some.length; i++) {
      some[i] = items[(int) ((long) i * all / some.length)];
    }
    return some;
  }
}
