package io.smollama.core;

import java.util.Comparator;
import java.util.Objects;

/**
 * A place in a chain and the entry that stands there. Since an id covers everything before it,
 * whoever holds a point holds, or once held, the whole line that leads to it. Immutable.
 *
 * @param seq the place, from 1; 0 only for {@link #START}
 * @param id the id of the entry there
 */
public record Point(long seq, EntryId id) implements Comparable<Point> {
  /** Where every chain begins: before its first entry. */
  public static final Point START = new Point(0, new EntryId("00".repeat(32)));

  private static final long LIMIT = 1L << 53;
  private static final Comparator<Point> ORDER =
      Comparator.comparingLong(Point::seq).thenComparing(Point::id);

  public Point {
    Objects.requireNonNull(id, "id");
    if (seq < 0 || seq >= LIMIT) {
      throw new IllegalArgumentException("A point is from 0 to below 2^53, was " + seq);
    }
  }

  @Override
  public int compareTo(Point other) {
    return ORDER.compare(this, other);
  }
}
