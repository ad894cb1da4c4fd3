package io.smollama.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.memory.RecallHit;
import java.time.Instant;
import java.util.List;
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
    ObjectNode metadata = form.putObject("metadata");
    reading.metadata().forEach(metadata::put);
    return form;
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
