package io.smollama.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.util.Map;
import java.util.TreeMap;

/**
 * A reading on its way from one memory to another. Immutable.
 *
 * @param reading the reading
 */
public record ReadingRecord(Reading reading) implements ArchiveLine {
  private static final ObjectMapper JSON = new ObjectMapper();

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
    if (!reading.metadata().isEmpty()) {
      line.set("metadata", JSON.valueToTree(new TreeMap<>(reading.metadata())));
    }
    return line.toString();
  }

  static ReadingRecord of(JsonNode line) {
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
            value(line.path("value")),
            line.path("unit").asText(""),
            TimeText.parse("'time'", line.path("time").asText()),
            metadata));
  }

  private static ReadingValue value(JsonNode value) {
    if (value.isNumber()) {
      return new ReadingValue.Quantity(value.asDouble());
    } else if (value.isBoolean()) {
      return new ReadingValue.Flag(value.asBoolean());
    } else if (value.isTextual()) {
      return new ReadingValue.Text(value.asText());
    } else if (value.path("number").isTextual()) {
      return new ReadingValue.Quantity(Double.parseDouble(value.path("number").asText()));
    } else if (value.path("json").isTextual()) {
      return new ReadingValue.Json(requireJson(value.path("json").asText()));
    } else if (value.isObject() || value.isArray()) {
      return new ReadingValue.Json(value.toString());
    }
    throw new IllegalArgumentException("A reading needs a 'value', was " + value);
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
