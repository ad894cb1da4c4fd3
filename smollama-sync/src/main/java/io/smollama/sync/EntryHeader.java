package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.EntryId;
import io.smollama.core.JournalEntry;
import io.smollama.core.Point;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything of an entry that its id is computed from. The layout is written down byte by byte in
 * {@code docs/journal-format.md}. Numbers stay below 2^53, so that any JSON reader keeps them
 * exactly. Immutable.
 *
 * @param version the format version, {@link #VERSION}
 * @param chain the origin and stream that it belongs to
 * @param seq its place in the chain, from 1, without gaps
 * @param prev the id of the entry before it; {@link #GENESIS} for the first
 * @param lamport its Lamport timestamp, from 1, rising along the chain
 * @param boot counts the times that the origin opened its journal
 * @param mono milliseconds of a clock that never steps, suspend included; comparable within one
 *     boot
 * @param wall the writer's wall clock in whole milliseconds; empty if it had none
 * @param quality how far the wall clock could be trusted
 * @param type what the payload is; see {@link JournalEntry#TYPE}
 * @param flags 31 bits; none has a meaning yet, all are kept and forwarded
 * @param payloadHash the hash of the payload's bytes
 */
public record EntryHeader(
    int version,
    ChainId chain,
    long seq,
    EntryId prev,
    long lamport,
    long boot,
    long mono,
    Optional<Instant> wall,
    ClockQuality quality,
    String type,
    int flags,
    PayloadHash payloadHash) {

  /** The only format version so far. */
  public static final int VERSION = 1;

  /** What the first entry of a chain names as the one before it: 32 zero bytes. */
  public static final EntryId GENESIS = Point.START.id();

  /** Every number in a header is below this: 2^53. */
  public static final long LIMIT = 1L << 53;

  public EntryHeader {
    Objects.requireNonNull(chain, "chain");
    Objects.requireNonNull(prev, "prev");
    Objects.requireNonNull(quality, "quality");
    Objects.requireNonNull(payloadHash, "payloadHash");
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "An entry of format version %d cannot be read, only %d".formatted(version, VERSION));
    }
    requireBetween("seq", 1, seq);
    requireBetween("lamport", 1, lamport);
    requireBetween("boot", 0, boot);
    requireBetween("mono", 0, mono);
    requireBetween("flags", 0, flags);
    wall = wall.map(instant -> instant.truncatedTo(ChronoUnit.MILLIS));
    wall.ifPresent(instant -> requireBetween("wall", 1 - LIMIT, instant.toEpochMilli()));
    if (!JournalEntry.isType(type)) {
      throw new IllegalArgumentException(
          "An entry type matches %s, was '%s'".formatted(JournalEntry.TYPE, type));
    }
  }

  private static void requireBetween(String what, long least, long value) {
    if (value < least || value >= LIMIT) {
      throw new IllegalArgumentException(
          "%s is from %d to below 2^53, was %d".formatted(what, least, value));
    }
  }
}
