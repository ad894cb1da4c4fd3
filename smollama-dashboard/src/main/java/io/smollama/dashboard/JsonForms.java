package io.smollama.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.memory.CourseSummary;
import io.smollama.memory.RecallHit;
import io.smollama.memory.SeriesPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the values of the node are written in JSON. */
final class JsonForms {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonForms() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static <T> ArrayNode array(List<T> items, Function<T, JsonNode> form) {
    return KnowledgeForms.array(items, form);
  }

  static ObjectNode reading(Reading reading) {
    ObjectNode form = object().put("full_id", reading.source().toString());
    form.set("value", value(reading.value()));
    form.put("unit", reading.unit()).put("timestamp", reading.time().toString());
    if (reading.quality() != Quality.GOOD) {
      form.put("quality", reading.quality().name().toLowerCase(Locale.ROOT));
    }
    ObjectNode metadata = form.putObject("metadata");
    reading.metadata().forEach(metadata::put);
    return form;
  }

  /** A value where it stands for a state: a flag is true or false, else as in readings. */
  static JsonNode stated(ReadingValue value) {
    return value instanceof ReadingValue.Flag flag
        ? JsonNodeFactory.instance.booleanNode(flag.on())
        : value(value);
  }

  /** A reading among others of its source. */
  static ObjectNode said(Reading reading) {
    ObjectNode form = object().put("time", reading.time().toString());
    form.set("value", stated(reading.value()));
    return form.put("unit", reading.unit());
  }

  /** A reading, of 0 seconds, or what the numbers of some time were. */
  static ObjectNode point(SeriesPoint point) {
    ObjectNode form = object().put("time", point.time().toString());
    form.set("value", number(point.value()));
    form.set("min", number(point.min()));
    form.set("max", number(point.max()));
    return form.put("count", point.count()).put("seconds", point.resolution().toMillis() / 1e3);
  }

  static ObjectNode summary(CourseSummary summary) {
    ObjectNode form = object().put("count", summary.count());
    form.set("min", number(summary.min()));
    form.set("max", number(summary.max()));
    form.set("mean", number(summary.mean()));
    ObjectNode percentiles = form.putObject("percentiles");
    percentiles.set("5", number(summary.p5()));
    percentiles.set("25", number(summary.p25()));
    percentiles.set("50", number(summary.p50()));
    percentiles.set("75", number(summary.p75()));
    percentiles.set("95", number(summary.p95()));
    return form.put("percentiles_estimated", summary.estimated());
  }

  static ObjectNode state(ReadingValue value, Duration lasted) {
    ObjectNode form = object();
    form.set("value", stated(value));
    return form.put("seconds", lasted.toMillis() / 1e3);
  }

  private static JsonNode number(double number) {
    return value(new ReadingValue.Quantity(number));
  }

  /** A flag is 1 or 0; a number that JSON has no word for (NaN, infinite) is null. */
  private static JsonNode value(ReadingValue value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (value instanceof ReadingValue.Quantity quantity) {
      return Double.isFinite(quantity.number())
          ? nodes.numberNode(quantity.number())
          : nodes.nullNode();
    } else if (value instanceof ReadingValue.Flag flag) {
      return nodes.numberNode(flag.on() ? 1 : 0);
    } else if (value instanceof ReadingValue.Json structure) {
      try {
        return MAPPER.readTree(structure.json());
      } catch (JsonProcessingException e) {
        return nodes.textNode(structure.json());
      }
    }
    return nodes.textNode(value.text());
  }

  static ObjectNode observation(RecallHit hit) {
    ObjectNode form =
        object()
            .put("id", hit.id().hex())
            .put("timestamp", time(hit.time()))
            .put("text", hit.text())
            .put("confidence", hit.confidence())
            .put("observation_type", hit.type());
    ArrayNode sources = form.putArray("related_sources");
    hit.sources().forEach(source -> sources.add(source.toString()));
    return form.put("node", hit.node());
  }

  private static @Nullable String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }
}
