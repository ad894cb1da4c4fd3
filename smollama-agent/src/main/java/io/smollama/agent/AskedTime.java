package io.smollama.agent;

import java.time.Instant;

/**
 * The span of the past that a question is about. Immutable.
 *
 * @param words what the question calls it: {@code last Monday}
 * @param from where it begins
 * @param to where it ends, exclusive; no later than the question was asked
 */
public record AskedTime(String words, Instant from, Instant to) {

  public AskedTime {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("A span ends after it begins: %s, %s".formatted(from, to));
    }
  }
}
