package io.smollama.readings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A source with its last value as a line of the file that keeps it. Immutable.
 *
 * @param text one JSON object
 */
record HeardLine(String text) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static HeardLine of(HeardSource source) {
    Reading last = source.last();
    ObjectNode line =
        JSON.createObjectNode()
            .put("source", last.source().toString())
            .put("unit", last.unit())
            .put("time", last.time().toString())
            .put("quality", last.quality().name())
            .put("origin", source.origin())
            .put("device", source.device())
            .put("heard", source.heard().toString())
            .put("usual", source.usualSeconds());
    if (last.value() instanceof ReadingValue.Quantity quantity) {
      line.put("number", quantity.number());
    } else if (last.value() instanceof ReadingValue.Flag flag) {
      line.put("flag", flag.on());
    } else if (last.value() instanceof ReadingValue.Json json) {
      line.put("json", json.json());
    } else {
      line.put("text", last.value().text());
    }
    ObjectNode metadata = line.putObject("metadata");
    last.metadata().forEach(metadata::put);
    return new HeardLine(line.toString());
  }

  /**
   * The source of the line; empty if the line is damaged.
   *
   * @param staleAfter what is configured for it now
   */
  Optional<HeardSource> source(Optional<Duration> staleAfter) {
    try {
      JsonNode line = JSON.readTree(text);
      Map<String, String> metadata = new TreeMap<>();
      line.path("metadata")
          .properties()
          .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      Reading last =
          new Reading(
              SourceId.parse(line.path("source").asText()),
              value(line),
              line.path("unit").asText(),
              Instant.parse(line.path("time").asText()),
              Quality.valueOf(line.path("quality").asText()),
              metadata);
      return Optional.of(
          new HeardSource(
              line.path("origin").asText(),
              line.path("device").asText(),
              staleAfter,
              last,
              Instant.parse(line.path("heard").asText()),
              line.path("usual").asDouble()));
    } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What its messages came through; empty if the line is damaged. */
  String origin() {
    try {
      return JSON.readTree(text).path("origin").asText();
    } catch (JacksonException e) {
      return "";
    }
  }

  private static ReadingValue value(JsonNode line) {
    if (line.has("number")) {
      return new ReadingValue.Quantity(line.path("number").asDouble());
    } else if (line.has("flag")) {
      return new ReadingValue.Flag(line.path("flag").asBoolean());
    } else if (line.has("json")) {
      return new ReadingValue.Json(line.path("json").asText());
    }
    return new ReadingValue.Text(line.path("text").asText());
  }
}
