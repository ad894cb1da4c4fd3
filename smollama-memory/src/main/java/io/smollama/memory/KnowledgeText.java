package io.smollama.memory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The bounds on what may be remembered. */
final class KnowledgeText {
  static final int LONGEST = 4_000;
  private static final int LONGEST_REF = 200;
  private static final int LONGEST_TAG = 64;
  private static final int MOST_TAGS = 32;

  private KnowledgeText() {}

  static String require(String what, String text) {
    String trimmed = onOneLine(text);
    if (trimmed.isEmpty() || trimmed.length() > LONGEST) {
      throw new IllegalArgumentException(
          "%s has 1 to %d characters, had %d".formatted(what, LONGEST, trimmed.length()));
    }
    return trimmed;
  }

  /** An escape sequence would reach somebody's terminal; a line break is a blank. */
  private static String onOneLine(String text) {
    return text.replaceAll("\\s*\\p{Cntrl}+\\s*", " ").strip();
  }

  /** What fits, with a mark where it was cut. */
  static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  static String requireAtMost(String what, String text) {
    String trimmed = onOneLine(text);
    if (trimmed.length() > LONGEST_REF) {
      throw new IllegalArgumentException(
          "%s has at most %d characters, had %d".formatted(what, LONGEST_REF, trimmed.length()));
    }
    return trimmed;
  }

  static void requireShare(String what, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("The %s is 0 to 1, was %s".formatted(what, share));
    }
  }

  /** Tags without blanks around them, each once. */
  static List<String> requireTags(List<String> tags) {
    List<String> sound = tags.stream().map(KnowledgeText::onOneLine).distinct().toList();
    if (sound.size() > MOST_TAGS
        || sound.stream().anyMatch(tag -> tag.isEmpty() || tag.length() > LONGEST_TAG)) {
      throw new IllegalArgumentException(
          "There are at most %d tags of 1 to %d characters each, were %s"
              .formatted(MOST_TAGS, LONGEST_TAG, sound));
    }
    return sound;
  }

  static void requireOrder(Optional<Instant> from, Optional<Instant> to) {
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      throw new IllegalArgumentException(
          "A fact is valid from before its end, was from %s to %s".formatted(from.get(), to.get()));
    }
    Stream.of(from, to)
        .flatMap(Optional::stream)
        .forEach(time -> requireTime("bound of validity", time));
  }

  /** Times are kept in milliseconds below 2^53, so that every JSON reader keeps them exactly. */
  static void requireTime(String what, Instant time) {
    if (Math.abs(time.getEpochSecond()) > (1L << 53) / 1000 - 1) {
      throw new IllegalArgumentException("The %s is too far away: %s".formatted(what, time));
    }
  }
}
