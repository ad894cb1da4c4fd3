package io.smollama.sync;

import io.smollama.core.ChainId;
import java.util.Objects;

/**
 * An entry that was refused for good, for people to look at. Immutable.
 *
 * @param chain the chain that it was sent for
 * @param seq where in the chain the first refused entry would stand; 0 if that could not be read
 * @param code why
 */
public record Quarantined(ChainId chain, long seq, Code code) {
  /** Why an entry was refused. Immutable. */
  public enum Code {
    /** Its bytes could not be read, or do not hash to its id. */
    DAMAGED,
    /** It does not follow the entry before it in its run. */
    UNCHAINED,
    /** Its Lamport timestamp does not rise. */
    LAMPORT,
    /** Its chain has too many branches. */
    BRANCHES
  }

  public Quarantined {
    Objects.requireNonNull(chain, "chain");
    Objects.requireNonNull(code, "code");
  }
}
