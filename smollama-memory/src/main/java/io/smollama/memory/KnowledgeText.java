package io.smollama.memory;

/** The bounds on what may be remembered. */
final class KnowledgeText {
  static final int LONGEST = 4_000;

  private KnowledgeText() {}

  static String require(String what, String text) {
    // An escape sequence would reach somebody's terminal; a line break is a blank.
    String trimmed = text.replaceAll("\\s*\\p{Cntrl}+\\s*", " ").strip();
    if (trimmed.isEmpty() || trimmed.length() > LONGEST) {
      throw new IllegalArgumentException(
          "%s has 1 to %d characters, had %d".formatted(what, LONGEST, trimmed.length()));
    }
    return trimmed;
  }

  static void requireShare(String what, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("The %s is 0 to 1, was %s".formatted(what, share));
    }
  }
}
