package io.smollama.sync;

import io.smollama.core.JournalEntry;
import io.smollama.core.Tips;
import java.time.Duration;

/** What one message, one chain and one peer may cost. Immutable. */
public final class Limits {
  /** The most entries of a message. */
  public static final int MESSAGE_ENTRIES = 2_000;

  /** The most bytes of a message once it is unpacked. */
  public static final int MESSAGE_BYTES = 1 << 20;

  /** The longest payload in bytes. */
  public static final int PAYLOAD_BYTES = JournalEntry.MAX_PAYLOAD_BYTES;

  /** The most branches of a chain; an honest origin forks once or twice before it notices. */
  public static final int BRANCHES = Tips.MOST;

  /** The most truncation marks that are kept of a chain, the highest ones. */
  public static final int MARKS = 64;

  /** The most quarantined entries that a store remembers, the newest ones. */
  public static final int QUARANTINED = 1_000;

  /** What an entry counts beyond its payload. */
  static final int ENTRY_OVERHEAD = 400;

  /** What the largest entry counts. */
  static final int ENTRY_BYTES = PAYLOAD_BYTES + ENTRY_OVERHEAD;

  /** The most chains that an answer to a pull looks at. */
  static final int ANSWER_CHAINS = 4_096;

  /** The most tips of chains that a message names, so that a frontier fits in one. */
  static final int MESSAGE_TIPS = 6_000;

  /** When to come back to a store that is full, contended or out of reach. */
  static final Duration RETRY = Duration.ofMinutes(1);

  private Limits() {}
}
