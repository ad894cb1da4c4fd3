package io.smollama.memory;

import java.util.List;

/**
 * What became of a fact that was stated. Immutable.
 *
 * @param memory the fact as it stands now; not {@link Memory#active} if a person retracted it
 *     before and somebody else says it again
 * @param outcome what was done
 * @param replaced the facts that ended to be true by it, as they stand now; empty unless {@link
 *     Outcome#REPLACED}
 * @param byMeaning whether it was compared by meaning with what is known; without a working
 *     embedder only the words are compared, so that the same fact in other words is added
 * @param restored whether it was retracted and is brought back by being said again
 */
public record Remembered(
    Memory memory, Outcome outcome, List<Memory> replaced, boolean byMeaning, boolean restored) {

  /** What was done with a fact. Immutable. */
  public enum Outcome {
    /** It is new. */
    ADDED,
    /** It was known already and is now said once more. */
    CONFIRMED,
    /** It is new and took the place of another. */
    REPLACED
  }

  public Remembered {
    replaced = List.copyOf(replaced);
  }

  /** Whether it was known already. */
  public boolean confirmed() {
    return outcome == Outcome.CONFIRMED;
  }
}
