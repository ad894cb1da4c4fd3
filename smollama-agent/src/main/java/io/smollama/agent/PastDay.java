package io.smollama.agent;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A day before today that a question names: {@code yesterday} or {@code 2026-02-28}. Immutable.
 *
 * @param words as it was asked
 * @param day the day
 */
record PastDay(String words, LocalDate day) {
  private static final Pattern NAMED =
      Pattern.compile("\\b(?:yesterday|\\d{4}-\\d{2}-\\d{2})\\b", Pattern.CASE_INSENSITIVE);

  static Optional<PastDay> in(String question, LocalDate today) {
    Matcher named = NAMED.matcher(question);
    while (named.find()) {
      Optional<LocalDate> day = day(named.group(), today).filter(today::isAfter);
      if (day.isPresent()) {
        return Optional.of(new PastDay(named.group(), day.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<LocalDate> day(String words, LocalDate today) {
    try {
      return Optional.of(
          Character.isDigit(words.charAt(0)) ? LocalDate.parse(words) : today.minusDays(1));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
