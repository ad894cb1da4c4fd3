package io.smollama.readings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.Units;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes readings as edge nodes say them, times in UTC. A flag of the unit {@code boolean} is 1 or
 * 0, as with Smollama for Python. Thread-safe.
 */
final class EdgePayload {
  /** Below the 64 KiB that are taken. */
  private static final int MOST_BYTES = 60_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String node;
  private final InstantSource clock;

  EdgePayload(String node, InstantSource clock) {
    this.node = node;
    this.clock = clock;
  }

  /** As many payloads as they need; none if there is nothing to say. */
  List<String> of(List<Reading> readings) {
    List<String> payloads = new ArrayList<>();
    List<String> part = new ArrayList<>();
    int bytes = 0;
    for (Reading reading : readings) {
      String one = one(reading);
      int more = one.getBytes(StandardCharsets.UTF_8).length + 1;
      if (one.isEmpty() || more > MOST_BYTES) {
        continue;
      }
      if (bytes + more > MOST_BYTES) {
        payloads.add(whole(part));
        part.clear();
        bytes = 0;
      }
      part.add(one);
      bytes += more;
    }
    if (!part.isEmpty()) {
      payloads.add(whole(part));
    }
    return payloads;
  }

  private String whole(List<String> part) {
    return "{\"node\":%s,\"timestamp\":\"%s\",\"readings\":[%s]}"
        .formatted(JSON.getNodeFactory().textNode(node), clock.instant(), String.join(",", part));
  }

  /** Empty if JSON has no such value. */
  private static String one(Reading reading) {
    ObjectNode one = JSON.createObjectNode().put("source", reading.source().toString());
    if (reading.value() instanceof ReadingValue.Quantity quantity) {
      if (!Double.isFinite(quantity.number())) {
        return "";
      }
      one.put("value", quantity.number());
    } else if (reading.value() instanceof ReadingValue.Flag flag) {
      if (reading.unit().equals(Units.BOOLEAN)) {
        one.put("value", flag.on() ? 1 : 0);
      } else {
        one.put("value", flag.on());
      }
    } else if (reading.value() instanceof ReadingValue.Json json) {
      putJson(one, json.json());
    } else {
      one.put("value", reading.value().text());
    }
    one.put("unit", reading.unit()).put("ts", reading.time().toString());
    copy(reading, "name", one);
    copy(reading, Reading.DOUBT, one);
    return one.toString();
  }

  private static void putJson(ObjectNode one, String json) {
    JsonNode tree = MissingNode.getInstance();
    try {
      tree = JSON.readTree(json);
    } catch (JacksonException e) {
      // what somebody called JSON and is none is a text
    }
    one.set("value", tree.isMissingNode() ? TextNode.valueOf(json) : tree);
  }

  private static void copy(Reading reading, String key, ObjectNode to) {
    String words = reading.metadata().get(key);
    if (words != null) {
      to.put(key, words);
    }
  }
}
