package io.smollama.memory;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a piece of knowledge comes from. Immutable. */
public enum Provenance {
  /** A person said it. */
  OPERATOR,
  /** A rule or statistic found it in the readings. */
  OBSERVER,
  /** A language model said it. */
  MODEL;

  /** The lower case word used in files and on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word}; empty for any other word. */
  public static Optional<Provenance> ofWord(String word) {
    return Stream.of(values()).filter(from -> from.word().equals(word)).findFirst();
  }
}
