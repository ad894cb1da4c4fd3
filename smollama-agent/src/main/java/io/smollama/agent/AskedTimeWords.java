package io.smollama.agent;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Says which span was understood: {@code last Monday (2026-11-23)}. */
final class AskedTimeWords {
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private AskedTimeWords() {}

  /** In the calendar of a zone; the last day of several is named, too. */
  static String of(AskedTime span, ZoneId zone) {
    ZonedDateTime from = span.from().atZone(zone);
    ZonedDateTime to = span.to().atZone(zone);
    String dates = isMidnight(from) && isMidnight(to) ? days(from, to) : times(from, to);
    return dates.equals(span.words()) ? dates : "%s (%s)".formatted(span.words(), dates);
  }

  private static boolean isMidnight(ZonedDateTime time) {
    return time.toLocalTime().equals(LocalTime.MIDNIGHT);
  }

  private static String days(ZonedDateTime from, ZonedDateTime to) {
    LocalDate first = from.toLocalDate();
    LocalDate last = to.toLocalDate().minusDays(1);
    return first.equals(last) ? first.toString() : first + " to " + last;
  }

  private static String times(ZonedDateTime from, ZonedDateTime to) {
    boolean sameDay = from.toLocalDate().equals(to.toLocalDate());
    String end = MINUTE.format(to);
    return MINUTE.format(from) + " to " + (sameDay ? end.substring(end.indexOf(' ') + 1) : end);
  }
}
