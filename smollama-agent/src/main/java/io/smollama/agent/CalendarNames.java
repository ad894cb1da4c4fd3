package io.smollama.agent;

import java.time.DayOfWeek;
import java.time.Month;
import java.util.Locale;
import java.util.stream.Stream;

/** English names of weekdays and months. */
final class CalendarNames {
  static final String WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day";

  /** Written out: some short forms are words of their own. */
  static final String MONTH =
      "january|february|march|april|may|june|july|august|september|october|november|december";

  /** Beside the number of a day, where a short form is no other word. */
  static final String MONTH_OR_SHORT =
      MONTH + "|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\b\\.?";

  private CalendarNames() {}

  static DayOfWeek weekday(String name) {
    return DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The month whose name begins so. */
  static Month month(String name) {
    String first = name.substring(0, 3).toUpperCase(Locale.ROOT);
    return Stream.of(Month.values())
        .filter(month -> month.name().startsWith(first))
        .findFirst()
        .orElseThrow();
  }
}
