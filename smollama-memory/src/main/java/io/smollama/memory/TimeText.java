package io.smollama.memory;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Reads a point in time as people and programs write it (ISO 8601). */
final class TimeText {
  private TimeText() {}

  /**
   * With an offset, or in UTC where none is given; a date alone is its first instant.
   *
   * @param what what it is the time of, for the error
   */
  static Instant parse(String what, String text) {
    return parse(what, text, ZoneOffset.UTC);
  }

  /** As {@link #parse(String, String)}, for a time without an offset in a zone. */
  static Instant parse(String what, String text, ZoneId zone) {
    String iso = text.strip().replace(' ', 'T');
    try {
      if (iso.length() == 10) {
        return LocalDate.parse(iso).atStartOfDay(zone).toInstant();
      }
      boolean offset = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
      return offset
          ? OffsetDateTime.parse(iso).toInstant()
          : LocalDateTime.parse(iso).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s is a time like 2026-03-01T08:30:00Z, was '%s'".formatted(what, text), e);
    }
  }
}
