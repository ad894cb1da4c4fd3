package io.smollama.cli;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;

/**
 * Reads the timestamps of a CSV file: ISO 8601 with {@code T} or a blank before the time, in UTC
 * where no offset is given; a date for its midnight; seconds since 1970, or milliseconds from a
 * hundred thousand million on. Sources that were read together have the same timestamp, and
 * neighbours the same day, so the last of both are remembered. One thread at a time.
 */
final class CsvTime {
  private static final Pattern EPOCH = Pattern.compile("-?\\d{1,18}(?:\\.\\d{1,9})?");
  private static final BigDecimal MILLISECONDS_FROM = new BigDecimal("1e11");

  /** The year 5138 in milliseconds: what is more was meant as microseconds. */
  private static final BigDecimal MICROSECONDS_FROM = new BigDecimal("1e14");

  /** With {@code Z}, {@code +01:00}, {@code +0100}, {@code +01} or nothing behind it. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter();

  private static final int DAY = 10;
  private static final int SECONDS = 19;

  private String lastText = "1970-01-01T00:00:00Z";
  private Instant last = Instant.EPOCH;
  private String lastDay = "1970-01-01";
  private long lastEpochDay;

  /**
   * The time.
   *
   * @throws IllegalArgumentException if it is none; says how one is written
   */
  Instant parse(String text) {
    if (!text.equals(lastText)) {
      last = parsed(text);
      lastText = text;
    }
    return last;
  }

  private Instant parsed(String text) {
    try {
      if (isUsual(text)) {
        return usual(text);
      }
      return EPOCH.matcher(text).matches() ? epoch(text) : iso(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          ("has the timestamp '%s'; wanted is ISO 8601 such as 2026-03-01T12:00:00Z or 2026-03-01"
                  + " 12:00:00 (UTC), or seconds or milliseconds since 1970")
              .formatted(text),
          e);
    }
  }

  private static Instant epoch(String text) {
    BigDecimal number = new BigDecimal(text);
    if (number.abs().compareTo(MICROSECONDS_FROM) >= 0) {
      throw new IllegalArgumentException(
          "has the timestamp '%s', too large for milliseconds since 1970; leave out the last digits"
              .formatted(text));
    }
    boolean seconds = number.abs().compareTo(MILLISECONDS_FROM) < 0;
    return Instant.ofEpochMilli((seconds ? number.movePointRight(3) : number).longValue());
  }

  private static Instant iso(String text) {
    String joined = text.length() > DAY && text.charAt(DAY) == ' ' ? withT(text) : text;
    if (joined.length() == DAY) {
      return LocalDate.parse(joined).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    TemporalAccessor time = ISO.parseBest(joined, OffsetDateTime::from, LocalDateTime::from);
    return time instanceof OffsetDateTime exact
        ? exact.toInstant()
        : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
  }

  /** A blank may also stand before the offset. */
  private static String withT(String text) {
    return text.substring(0, DAY) + "T" + text.substring(DAY + 1).replace(" ", "");
  }

  /** Whether it is {@code 2026-03-01T12:00:00Z}, with a blank or without the Z: most are. */
  private static boolean isUsual(String text) {
    int length = text.length();
    if (length < SECONDS
        || length > SECONDS + 1
        || length > SECONDS && text.charAt(SECONDS) != 'Z'
        || text.charAt(DAY) != 'T' && text.charAt(DAY) != ' ') {
      return false;
    }
    return text.charAt(13) == ':'
        && text.charAt(16) == ':'
        && twoDigits(text, 11) < 24
        && twoDigits(text, 14) < 60
        && twoDigits(text, 17) < 60;
  }

  private Instant usual(String text) {
    if (!text.startsWith(lastDay)) {
      String day = text.substring(0, DAY);
      lastEpochDay = LocalDate.parse(day).toEpochDay();
      lastDay = day;
    }
    long minutes = (lastEpochDay * 24 + twoDigits(text, 11)) * 60 + twoDigits(text, 14);
    return Instant.ofEpochSecond(minutes * 60 + twoDigits(text, 17));
  }

  /** 99 for what are no digits. */
  private static int twoDigits(String text, int at) {
    int tens = text.charAt(at) - '0';
    int ones = text.charAt(at + 1) - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? 99 : 10 * tens + ones;
  }
}
