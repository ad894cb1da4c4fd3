package io.smollama.agent;

import java.util.List;
import java.util.Locale;

/** Small numbers as people say them: {@code 3}, {@code three}, {@code a}, {@code a few}. */
final class NumberWords {
  /** One of them, as part of a pattern, in lower case. */
  static final String PATTERN =
      "\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
          + "|(?:a )?couple of|(?:a )?few";

  private static final List<String> WORDS =
      List.of(
          "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve");

  private NumberWords() {}

  /** The number; 3 for a few. */
  static int of(String word) {
    String lower = word.toLowerCase(Locale.ROOT).strip();
    if (Character.isDigit(lower.charAt(0))) {
      return Integer.parseInt(lower);
    } else if (lower.endsWith("couple of")) {
      return 2;
    } else if (lower.endsWith("few")) {
      return 3;
    }
    return lower.matches("an?") ? 1 : WORDS.indexOf(lower);
  }
}
