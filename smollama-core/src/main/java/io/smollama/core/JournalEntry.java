package io.smollama.core;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One entry of the {@link Journal} as a view sees it. Immutable.
 *
 * @param id its name, which is also the name of what it brings into being
 * @param chain the origin and stream that it belongs to
 * @param seq its place in the chain, from 1, without gaps
 * @param lamport its Lamport timestamp, from 1, rising along the chain
 * @param wall the writer's clock when it was written; empty if the writer had none. Data, never
 *     used to order
 * @param type what the payload is: {@code obs.add}, {@code mem.add}; see {@link #TYPE}
 * @param payload JSON text of at most {@link #MAX_PAYLOAD_BYTES} bytes in UTF-8
 * @param clock what the writer's clocks were like, to work out a better time from; empty if the
 *     journal does not know
 */
public record JournalEntry(
    EntryId id,
    ChainId chain,
    long seq,
    long lamport,
    Optional<Instant> wall,
    String type,
    String payload,
    Optional<WriterClock> clock) {

  /** The form of a type. */
  public static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9.-]{0,31}");

  /** Whether this is the form of a type: as {@link #TYPE} says, quicker. */
  public static boolean isType(String type) {
    boolean sound = !type.isEmpty() && type.length() <= 32 && isLetter(type.charAt(0));
    for (int i = 1; i < type.length() && sound; i++) {
      char c = type.charAt(i);
      sound = isLetter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-';
    }
    return sound;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  /** The longest payload in bytes. */
  public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

  /** The order in which views settle who came last: Lamport timestamp, origin, id. */
  public static final Comparator<JournalEntry> ORDER =
      Comparator.comparingLong(JournalEntry::lamport)
          .thenComparing(entry -> entry.chain().origin())
          .thenComparing(JournalEntry::id);

  public JournalEntry {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(chain, "chain");
    Objects.requireNonNull(wall, "wall");
    Objects.requireNonNull(payload, "payload");
    Objects.requireNonNull(clock, "clock");
    if (seq < 1 || lamport < 1) {
      throw new IllegalArgumentException(
          "seq and lamport start at 1, were %d and %d".formatted(seq, lamport));
    }
    if (!isType(type)) {
      throw new IllegalArgumentException(
          "An entry type matches %s, was '%s'".formatted(TYPE, type));
    }
  }

  /** An entry of a journal that knows nothing of the writer's clocks but the wall clock. */
  public JournalEntry(
      EntryId id,
      ChainId chain,
      long seq,
      long lamport,
      Optional<Instant> wall,
      String type,
      String payload) {
    this(id, chain, seq, lamport, wall, type, payload, Optional.empty());
  }
}
