package io.smollama.sync;

/**
 * How a Lamport timestamp follows those of others, after L. Lamport, <i>Time, Clocks, and the
 * Ordering of Events in a Distributed System</i>, 1978; but receiving does not count as an event,
 * so that a duplicate changes nothing.
 */
final class LamportClock {
  /**
   * A peer that is further ahead than this is not followed; its entries are ordered by what they
   * say.
   */
  static final long FARTHEST_JUMP = 1L << 42;

  /**
   * No peer is followed beyond this, in however many steps it tries: the other half of the range is
   * for the owner's entries alone, so that nobody can make it run out of numbers.
   */
  static final long FOLLOWED = EntryHeader.LIMIT / 2;

  private LamportClock() {}

  /** The clock after an entry with this timestamp was taken in for the first time. */
  static long follow(long clock, long seen) {
    boolean leads = seen > clock && seen - clock <= FARTHEST_JUMP && seen < FOLLOWED;
    return leads ? seen : clock;
  }
}
