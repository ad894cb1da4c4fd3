package io.smollama.core;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of an {@link Act}: the receipt of who asked, and what the audit keeps. Immutable.
 *
 * @param time when
 * @param act what was wanted, and by whom
 * @param verdict what was done
 * @param says in a sentence for people, why not or until when
 * @param readBack what the output said afterwards; empty if it was not touched or could not be read
 */
public record ActRecord(
    Instant time, Act act, Verdict verdict, String says, Optional<Boolean> readBack) {

  /** What was done. */
  public enum Verdict {
    /** The output was switched and read back so. */
    DONE,
    /** It was so already, and read back so. */
    UNCHANGED,
    /** The limits do not allow it; nothing was touched. */
    REFUSED,
    /** It was tried, and the output does not say so. */
    FAILED
  }

  public ActRecord {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(act, "act");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(says, "says");
    Objects.requireNonNull(readBack, "readBack");
  }

  /** Whether the output is now as was wanted, and said so itself. */
  public boolean isSuccess() {
    return (verdict == Verdict.DONE || verdict == Verdict.UNCHANGED)
        && readBack.filter(on -> on == act.on()).isPresent();
  }
}
