package io.smollama.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.smollama.core.ReadingValue;
import io.smollama.core.Units;
import io.smollama.core.WrittenNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON in the columns of Smollama for Python: {@code "54"} is a text there, 54 a number. */
final class PythonValue {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private PythonValue() {}

  /** A value; what is no JSON is a text. Its pins say 0 and 1, with the unit {@code boolean}. */
  static ReadingValue parse(String column, String unit) {
    JsonNode json;
    try {
      json = JSON.readTree(column);
    } catch (JsonProcessingException e) {
      return new ReadingValue.Text(column);
    }
    if (json.isBoolean()) {
      return new ReadingValue.Flag(json.asBoolean());
    } else if (json.isNumber() && unit.equals(Units.BOOLEAN)) {
      return new ReadingValue.Flag(json.asDouble() != 0);
    } else if (json.isNumber()) {
      return new ReadingValue.Quantity(json.asDouble());
    } else if (json.isTextual()) {
      return new ReadingValue.Text(json.asText());
    }
    return new ReadingValue.Json(column);
  }

  /** A number of more digits than are kept, or too large, as it was written; else empty. */
  static Optional<String> rounded(String column) {
    try {
      return WrittenNumber.parse(column.strip()).exact() ? Optional.empty() : Optional.of(column);
    } catch (NumberFormatException e) {
      return Optional.empty(); // no number at all, or Infinity and NaN, which are kept
    } catch (IllegalArgumentException e) {
      return Optional.of(column);
    }
  }

  /** The texts of a list; none if there is none. */
  static List<String> list(@Nullable String column) {
    List<String> found = new ArrayList<>();
    tree(column).forEach(element -> found.add(element.asText()));
    return found;
  }

  /** An object as words; what is no text in it is kept as JSON. */
  static Map<String, String> words(@Nullable String column) {
    Map<String, String> found = new TreeMap<>();
    tree(column)
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              found.put(entry.getKey(), value.isTextual() ? value.asText() : value.toString());
            });
    return found;
  }

  /** A column of JSON; the null node if there is none. */
  static JsonNode tree(@Nullable String column) {
    if (column == null || column.isBlank()) {
      return NullNode.getInstance();
    }
    try {
      return JSON.readTree(column);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is no JSON: " + column, e);
    }
  }
}
