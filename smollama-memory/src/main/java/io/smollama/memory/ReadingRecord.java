package io.smollama.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.core.WrittenNumber;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A reading on its way from one memory to another. Immutable.
 *
 * @param reading the reading
 * @param rounded the number as it was written, where it has more digits than are kept; else empty
 */
public record ReadingRecord(Reading reading, Optional<String> rounded) implements ArchiveLine {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NEGATIVE = Pattern.compile("\"value\"\\s*:\\s*-");

  /** A reading whose number is kept as it is. */
  public ReadingRecord(Reading reading) {
    this(reading, Optional.empty());
  }

  /**
   * Numbers that JSON cannot write are {@code {"number": "NaN"}}, structures {@code {"json": …}}.
   */
  @Override
  public String json() {
    ObjectNode line = JSON.createObjectNode().put("kind", "reading");
    line.put("time", reading.time().toString()).put("source", reading.source().toString());
    ReadingValue value = reading.value();
    if (value instanceof ReadingValue.Quantity quantity) {
      if (Double.isFinite(quantity.number())) {
        line.put("value", quantity.number());
      } else {
        line.putObject("value").put("number", Double.toString(quantity.number()));
      }
    } else if (value instanceof ReadingValue.Flag flag) {
      line.put("value", flag.on());
    } else if (value instanceof ReadingValue.Text text) {
      line.put("value", text.words());
    } else {
      line.putObject("value").put("json", ((ReadingValue.Json) value).json());
    }
    if (!reading.unit().isEmpty()) {
      line.put("unit", reading.unit());
    }
    if (reading.quality() != Quality.GOOD) {
      line.put("quality", reading.quality().name().toLowerCase(Locale.ROOT));
    }
    if (!reading.metadata().isEmpty()) {
      line.set("metadata", JSON.valueToTree(new TreeMap<>(reading.metadata())));
    }
    return line.toString();
  }

  /**
   * Reads it from an object.
   *
   * @param text the same as it was written, for the sign of a zero, which a decimal number loses
   */
  static ReadingRecord of(JsonNode line, String text) {
    for (String key : new String[] {"source", "time"}) {
      if (!line.path(key).isTextual()) {
        throw new IllegalArgumentException("A reading needs '%s', a text".formatted(key));
      }
    }
    Map<String, String> metadata = new TreeMap<>();
    line.path("metadata")
        .properties()
        .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
    return new ReadingRecord(
        new Reading(
            SourceId.parse(line.path("source").asText()),
            value(line.path("value"), text),
            line.path("unit").asText(""),
            TimeText.parse("'time'", line.path("time").asText()),
            quality(line.path("quality").asText("good")),
            metadata),
        rounded(line.path("value")));
  }

  private static Quality quality(String word) {
    return switch (word) {
      case "good" -> Quality.GOOD;
      case "uncertain" -> Quality.UNCERTAIN;
      default ->
          throw new IllegalArgumentException(
              "The 'quality' of a reading is good or uncertain, was '%s'".formatted(word));
    };
  }

  private static Optional<String> rounded(JsonNode value) {
    return value.isNumber() && !WrittenNumber.of(value.decimalValue()).exact()
        ? Optional.of(value.asText())
        : Optional.empty();
  }

  private static ReadingValue value(JsonNode value, String line) {
    if (value.isNumber()) {
      return new ReadingValue.Quantity(number(value, line));
    } else if (value.isBoolean()) {
      return new ReadingValue.Flag(value.asBoolean());
    } else if (value.isTextual()) {
      return new ReadingValue.Text(value.asText());
    } else if (value.path("number").isTextual()) {
      return new ReadingValue.Quantity(notFinite(value.path("number").asText()));
    } else if (value.path("json").isTextual()) {
      return new ReadingValue.Json(requireJson(value.path("json").asText()));
    } else if (value.isObject() || value.isArray()) {
      return new ReadingValue.Json(value.toString());
    }
    throw new IllegalArgumentException("A reading needs a 'value', was " + value);
  }

  private static double notFinite(String word) {
    return switch (word) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default ->
          throw new IllegalArgumentException(
              "'number' is NaN, Infinity or -Infinity, was '%s'; others stand for themselves"
                  .formatted(word));
    };
  }

  private static double number(JsonNode value, String line) {
    try {
      double number = WrittenNumber.of(value.decimalValue()).number();
      return number == 0 && NEGATIVE.matcher(line).find() ? -0.0 : number;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'value': " + e.getMessage(), e);
    }
  }

  private static String requireJson(String text) {
    try {
      JSON.readTree(text);
      return text;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("'value' has JSON in 'json', was " + text, e);
    }
  }
}
