package io.smollama.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as people type and read them, by this machine's calendar: a day, or a time that says how
 * far from UTC it is. What is shown can be typed.
 */
final class PersonsTime {
  private static final int DAY = "2026-03-01".length();
  private static final Pattern BOUND =
      Pattern.compile("(?<=true (?:from|until) )\\d{4,}-\\d\\d-\\d\\dT[0-9:.]+Z");
  private static final Pattern INSTANT = Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\\b");
  private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private PersonsTime() {}

  /** The time; a day stands for its first moment here. */
  static Instant parse(String option, String text) {
    return parse(option, text, ZoneId.systemDefault());
  }

  static Instant parse(String option, String text, ZoneId zone) {
    try {
      if (text.length() == DAY) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant();
      }
      String joined =
          text.strip().replaceFirst(" ", "T").replace(" ", "").replaceFirst("UTC$", "Z");
      return joined.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
          ? Instant.parse(joined)
          : LocalDateTime.parse(joined).atZone(zone).toInstant();
    } catch (DateTimeParseException e) {
      throw UserError.ofUsage(
          "%s is a day such as 2026-03-01 or a time such as 2026-03-01T12:00:00Z, was '%s'"
              .formatted(option, text),
          e);
    }
  }

  /** A time as it stands in JSON, for a person; text that is none stays as it is. */
  static String shown(String iso) {
    try {
      return shown(Instant.parse(iso), ZoneId.systemDefault());
    } catch (DateTimeParseException e) {
      return iso;
    }
  }

  /** A day, or day, time and distance from UTC: {@code 2026-03-01 13:00:05 +01:00}. */
  static String shown(Instant time, ZoneId zone) {
    ZonedDateTime here = time.atZone(zone);
    if (here.equals(here.toLocalDate().atStartOfDay(zone))) {
      return here.toLocalDate().toString();
    }
    String offset = here.getOffset().equals(ZoneOffset.UTC) ? "UTC" : here.getOffset().getId();
    return SHOWN.format(here) + " " + offset;
  }

  /** A sentence with its times for a person. */
  static String timesShown(String sentence) {
    return INSTANT
        .matcher(sentence)
        .replaceAll(time -> Matcher.quoteReplacement(shown(time.group())));
  }

  /** What happened to a fact, with the bounds of its validity for a person. */
  static String boundsShown(String what) {
    return BOUND.matcher(what).replaceAll(bound -> Matcher.quoteReplacement(shown(bound.group())));
  }
}
