package io.smollama.cli;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A reading as the fields of a CSV line: {@code timestamp,source,value,unit}. A value is a number
 * as Java writes it, else {@code true}, {@code on}, {@code false} or {@code off}, else {@code
 * json:} and a structure, else a text. A text that would be read as one of these, or that begins
 * with an apostrophe or is empty, has an apostrophe before it. A timestamp is ISO 8601 with its
 * offset, or a number: seconds since 1970 below a hundred thousand million, milliseconds from there
 * on.
 */
final class ReadingCsv {
  static final List<String> HEADER = List.of("timestamp", "source", "value", "unit");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|Infinity)|NaN");
  private static final Pattern EPOCH = Pattern.compile("-?\\d{1,18}(?:\\.\\d{1,9})?");
  private static final BigDecimal MILLISECONDS_FROM = new BigDecimal("1e11");
  private static final Pattern FLAG = Pattern.compile("true|false|on|off");
  private static final String JSON = "json:";
  private static final String TEXT = "'";

  private ReadingCsv() {}

  static String[] fields(Reading reading) {
    return new String[] {
      reading.time().toString(),
      reading.source().toString(),
      written(reading.value()),
      reading.unit()
    };
  }

  private static String written(ReadingValue value) {
    if (value instanceof ReadingValue.Quantity quantity) {
      return Double.toString(quantity.number());
    } else if (value instanceof ReadingValue.Flag flag) {
      return Boolean.toString(flag.on());
    } else if (value instanceof ReadingValue.Json json) {
      return JSON + json.json();
    }
    String words = value.text();
    boolean clear =
        !words.isEmpty()
            && !words.startsWith(TEXT)
            && !words.startsWith(JSON)
            && !FLAG.matcher(words).matches()
            && !NUMBER.matcher(words).matches();
    return clear ? words : TEXT + words;
  }

  /**
   * Reads the fields of a line.
   *
   * @throws IllegalArgumentException if they are no reading; says which of them and why
   */
  static Reading reading(List<String> fields) {
    if (fields.size() < 3 || fields.size() > HEADER.size()) {
      throw new IllegalArgumentException(
          "has %d fields; %s are wanted".formatted(fields.size(), String.join(",", HEADER)));
    }
    return new Reading(
        SourceId.parse(fields.get(1)),
        value(fields.get(2)),
        fields.size() > 3 ? fields.get(3) : "",
        time(fields.get(0)),
        Map.of());
  }

  private static ReadingValue value(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("has no value; an empty text is written '");
    } else if (NUMBER.matcher(text).matches()) {
      return new ReadingValue.Quantity(Double.parseDouble(text));
    } else if (FLAG.matcher(text).matches()) {
      return new ReadingValue.Flag(text.equals("true") || text.equals("on"));
    } else if (text.startsWith(JSON)) {
      return new ReadingValue.Json(text.substring(JSON.length()));
    }
    return new ReadingValue.Text(text.startsWith(TEXT) ? text.substring(1) : text);
  }

  private static Instant time(String text) {
    try {
      if (!EPOCH.matcher(text).matches()) {
        return OffsetDateTime.parse(text).toInstant();
      }
      BigDecimal number = new BigDecimal(text);
      boolean seconds = number.abs().compareTo(MILLISECONDS_FROM) < 0;
      return Instant.ofEpochMilli((seconds ? number.movePointRight(3) : number).longValue());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "has the timestamp '%s'; ISO 8601 with an offset such as 2026-03-01T12:00:00Z is wanted, or"
                  .formatted(text)
              + " seconds or milliseconds since 1970",
          e);
    }
  }
}
