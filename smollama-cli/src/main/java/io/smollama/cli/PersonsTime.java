package io.smollama.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/** Reads a time as people type it: a day of this machine's calendar, or an exact time. */
final class PersonsTime {
  private static final int DAY = "2026-03-01".length();

  private PersonsTime() {}

  /** The time; a day stands for its first moment here. */
  static Instant parse(String option, String text) {
    try {
      return text.length() == DAY
          ? LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw UserError.ofUsage(
          "%s is a day such as 2026-03-01 or a time such as 2026-03-01T12:00:00Z, was '%s'"
              .formatted(option, text),
          e);
    }
  }
}
