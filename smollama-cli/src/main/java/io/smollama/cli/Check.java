package io.smollama.cli;

import java.util.Objects;

/**
 * What was found out about one thing that a node uses. Immutable.
 *
 * @param name the thing
 * @param state how it is
 * @param words what was found, in one line
 * @param fix what to do about it; empty if it is well
 * @param required whether no node can run without it
 */
record Check(String name, State state, String words, String fix, boolean required) {
  Check {
    Objects.requireNonNull(state, "state");
    if (state == State.OK != fix.isEmpty()) {
      throw new IllegalArgumentException("%s is %s, its fix is '%s'".formatted(name, state, fix));
    }
  }

  /** How a thing is. Immutable. */
  enum State {
    /** It is as it should be, or nobody asked for it. */
    OK("ok"),
    /** It was asked for and does not do, or will not for long. */
    WARNING("warning"),
    /** It is not there. */
    ABSENT("not there");

    private final String word;

    State(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static Check ok(String name, String words) {
    return new Check(name, State.OK, words, "", false);
  }

  static Check warning(String name, String words, String fix) {
    return new Check(name, State.WARNING, words, fix, false);
  }

  /** It is not there, and the node does without it. */
  static Check absent(String name, String words, String fix) {
    return new Check(name, State.ABSENT, words, fix, false);
  }

  /** It is not there, and no node can run without it. */
  static Check missing(String name, String words, String fix) {
    return new Check(name, State.ABSENT, words, fix, true);
  }

  boolean isOk() {
    return state == State.OK;
  }

  /** Whether a node cannot run. */
  boolean isFatal() {
    return required && state == State.ABSENT;
  }

  /** Words and fix, as they stand in one line. */
  String says() {
    return isOk() ? words : words + ". " + fix;
  }
}
