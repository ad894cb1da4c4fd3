package io.smollama.cli;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.core.WrittenNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A reading as the fields of a CSV line: {@code timestamp,source,value,unit}. A value is a number
 * as Java writes it, else {@code true}, {@code on}, {@code false} or {@code off}, else {@code
 * json:} and a structure, else a text. A text that would be read as one of these, or that begins
 * with an apostrophe or is empty, has an apostrophe before it. {@link CsvTime} reads the timestamp.
 * Names of sources and units come again and again, so one text of each is kept. One thread at a
 * time.
 */
final class ReadingCsv {
  static final List<String> HEADER = List.of("timestamp", "source", "value", "unit");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|Infinity)|NaN");
  private static final Pattern FLAG = Pattern.compile("true|false|on|off");
  private static final String JSON = "json:";

  /** Before what is a text whatever it looks like. */
  static final String TEXT = "'";

  private Optional<String> rounded = Optional.empty();
  private final CsvTime times = new CsvTime();
  private final Map<String, SourceId> sources = new HashMap<>();
  private final Map<String, String> units = new HashMap<>();

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
  Reading reading(List<String> fields) {
    rounded = Optional.empty();
    if (fields.size() < 3 || fields.size() > HEADER.size()) {
      throw new IllegalArgumentException(
          "has %d fields; %s are wanted".formatted(fields.size(), String.join(",", HEADER)));
    }
    return new Reading(
        sources.computeIfAbsent(fields.get(1), SourceId::parse),
        value(fields.get(2)),
        fields.size() > 3 ? units.computeIfAbsent(fields.get(3), unit -> unit) : "",
        times.parse(fields.get(0)),
        Map.of());
  }

  /** The number of the last line as it was written, if it has more digits than are kept. */
  Optional<String> rounded() {
    return rounded;
  }

  private double number(String text) {
    if (!Character.isDigit(text.charAt(text.length() - 1)) && !text.endsWith(".")) {
      return Double.parseDouble(text); // NaN or infinite
    }
    WrittenNumber number = WrittenNumber.parse(text);
    rounded = number.exact() ? Optional.empty() : Optional.of(text);
    return number.number() == 0 && text.startsWith("-") ? -0.0 : number.number();
  }

  private ReadingValue value(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("has no value; an empty text is written '");
    } else if (isDecimal(text) || NUMBER.matcher(text).matches()) {
      return new ReadingValue.Quantity(number(text));
    } else if (FLAG.matcher(text).matches()) {
      return new ReadingValue.Flag(text.equals("true") || text.equals("on"));
    } else if (text.startsWith(JSON)) {
      return new ReadingValue.Json(text.substring(JSON.length()));
    }
    return new ReadingValue.Text(text.startsWith(TEXT) ? text.substring(1) : text);
  }

  /** Digits with a point among them or before them: what most numbers are, told quickly. */
  private static boolean isDecimal(String text) {
    int points = 0;
    for (int i = text.charAt(0) == '-' ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        points++;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    char last = text.charAt(text.length() - 1);
    return points <= 1 && last >= '0' && last <= '9';
  }
}
