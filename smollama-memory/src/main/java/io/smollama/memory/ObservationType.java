package io.smollama.memory;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What kind of thing was noticed. Immutable. */
public enum ObservationType {
  /** Something that repeats. */
  PATTERN,
  /** Something unusual. */
  ANOMALY,
  /** How things stand. */
  STATUS,
  /** Anything else. */
  GENERAL,
  /** What several observations say together. */
  SUMMARY;

  /** The lower case word used in files, on the wire and by people. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word}; empty for any other word. */
  public static Optional<ObservationType> ofWord(String word) {
    return Stream.of(values()).filter(type -> type.word().equals(word)).findFirst();
  }
}
