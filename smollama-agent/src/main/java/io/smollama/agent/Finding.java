package io.smollama.agent;

import java.util.Locale;

/**
 * Something about one source that is worth telling. Immutable.
 *
 * @param kind what it is
 * @param text in words, without the name of the source
 */
record Finding(Kind kind, String text) {
  /** What can be found. */
  enum Kind {
    /** It is beyond what is usual. */
    UNUSUAL,
    /** Neither its value nor how it got there was like that before. */
    UNLIKE_BEFORE,
    /** It stays beyond what was usual. */
    LEVEL_SHIFT,
    /** It was far away for a moment. */
    SPIKE,
    /** It says the same for longer than it ever did. */
    STUCK,
    /** It goes away slowly, day by day. */
    DRIFT,
    /** It says nothing. */
    DROPOUT,
    /** It says something again. */
    BACK,
    /** It happened at an hour at which it never does. */
    UNUSUAL_HOUR,
    /** It goes up and down with the hours of the day. */
    PATTERN;

    /** For programs, as a tag. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
