package io.smollama.dashboard;

import java.util.Locale;
import java.util.Objects;

/**
 * How one part of the node is. Immutable.
 *
 * @param part its name, for example {@code memory}
 * @param state in one word
 * @param says one line for a person
 */
public record PartHealth(String part, State state, String says) {
  public PartHealth {
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(says, "says");
  }

  /** How a part is. Immutable. */
  public enum State {
    /** It does what it should. */
    OK,
    /** It is not there, and the node does without it. */
    ABSENT,
    /** It should work and does not. */
    FAILING;

    /** The lower case word used on the wire and by people. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
