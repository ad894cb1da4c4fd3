package io.smollama.memory;

import java.util.Objects;

/**
 * A fact that is to be remembered. Immutable.
 *
 * @param fact the fact, in plain words; not blank
 * @param confidence 0 to 1
 * @param provenance who says so
 */
public record NewMemory(String fact, double confidence, Provenance provenance) {
  public NewMemory {
    fact = KnowledgeText.require("A fact", fact);
    KnowledgeText.requireShare("confidence", confidence);
    Objects.requireNonNull(provenance, "provenance");
  }

  /** A fact that a person states, with a confidence of 0.8. */
  public static NewMemory of(String fact) {
    return new NewMemory(fact, 0.8, Provenance.OPERATOR);
  }
}
