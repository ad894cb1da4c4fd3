package io.smollama.memory;

import java.util.Optional;

/**
 * Puts the sum of many observations into a sentence. Implementations answer with words only that
 * the sum bears out, and with nothing where they cannot; they do not throw. Thread-safe.
 */
@FunctionalInterface
public interface ObservationSummariser {
  /** Has no words of its own: the sum itself is the summary. */
  ObservationSummariser NONE = digest -> Optional.empty();

  /**
   * Words for a sum.
   *
   * @param digest what was said most, how often, and between which numbers
   */
  Optional<String> summarise(String digest);
}
