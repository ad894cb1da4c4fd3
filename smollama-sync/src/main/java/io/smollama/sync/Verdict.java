package io.smollama.sync;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a receiver did with one run. {@link Ok}, {@link Dup} and {@link Fork} acknowledge it: all of
 * it is on durable storage there. Immutable.
 */
public sealed interface Verdict {
  /** The run, or what was new of it, was appended to the line it continues. */
  record Ok() implements Verdict {}

  /** All of it was there already. */
  record Dup() implements Verdict {}

  /** It follows nothing that is held; begin at this sequence number. */
  record Gap(long expect) implements Verdict {}

  /**
   * It was stored as a branch of its own: two writers share this origin, or one went back in time.
   */
  record Fork() implements Verdict {}

  /**
   * An entry is damaged, does not follow the one before it, or goes back in Lamport time; those
   * before it are stored.
   */
  record BadHash() implements Verdict {}

  /** It is more than a message or a chain may have; nothing of it is stored. */
  record TooLarge() implements Verdict {}

  /**
   * Nothing of it is stored for now: the store is full or contended, or the peer has used up its
   * credit.
   */
  record Busy(Duration retryAfter) implements Verdict {
    /** The longest wait among some verdicts; empty if none is to wait. */
    static Optional<Duration> longest(List<Verdict> verdicts) {
      return verdicts.stream()
          .filter(Busy.class::isInstance)
          .map(verdict -> ((Busy) verdict).retryAfter())
          .max(Comparator.naturalOrder());
    }
  }

  /** It lies below what was cut off here; what begins at this sequence number is still taken. */
  record Truncated(long low) implements Verdict {}

  /** Whether the whole run is on durable storage at the receiver. */
  default boolean acknowledges() {
    return this instanceof Ok || this instanceof Dup || this instanceof Fork;
  }
}
