package io.smollama.memory;

import java.util.Locale;

/** The two kinds of knowledge. Immutable. */
public enum KnowledgeKind {
  /** Noticed at a time. */
  OBSERVATION,
  /** A fact that stays. */
  MEMORY;

  /** The lower case word used on the wire and by people. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
