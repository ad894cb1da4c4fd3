package io.smollama.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.EntryId;
import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The JSON of the entries that this module writes; docs/knowledge-format.md tells what each key
 * means. Confidence is in permille and times in milliseconds since 1970: no fold uses floats.
 */
final class Payloads {
  static final String OBS_ADD = "obs.add";
  static final String OBS_RETRACT = "obs.retract";
  static final String OBS_SUMMARY = "obs.summary";
  static final String MEM_ADD = "mem.add";
  static final String MEM_CONFIRM = "mem.confirm";
  static final String MEM_DISPUTE = "mem.dispute";
  static final String MEM_EDIT = "mem.edit";
  static final String MEM_RETRACT = "mem.retract";
  static final String MEM_RESTORE = "mem.restore";
  static final String MEM_MERGE = "mem.merge";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Payloads() {}

  static String observation(NewObservation observation, String node) {
    return stated(observation, node).toString();
  }

  static String summary(NewObservation observation, List<EntryId> covers, String node) {
    ObjectNode payload = stated(observation, node);
    putIds(payload, "covers", covers);
    return payload.toString();
  }

  /** What else a summary covers. */
  static String summaryGoesOn(EntryId summary, List<EntryId> covers, String node) {
    ObjectNode payload = JSON.createObjectNode().put("of", summary.hex());
    putIds(payload, "covers", covers);
    return payload.put("node", node).toString();
  }

  private static ObjectNode stated(NewObservation observation, String node) {
    ObjectNode payload = JSON.createObjectNode();
    payload.put("text", observation.text());
    payload.put("type", observation.type().word());
    payload.put("confidence", permille(observation.confidence()));
    putTexts(payload, "sources", observation.sources().stream().map(SourceId::toString).toList());
    payload.put("node", node);
    payload.put("provenance", observation.provenance().word());
    putDetails(payload, observation.time(), observation.tags(), observation.ref());
    return observation.tainted() ? payload.put("tainted", true) : payload;
  }

  static String memory(NewMemory memory, String node) {
    ObjectNode payload = JSON.createObjectNode();
    payload.put("text", memory.fact());
    payload.put("confidence", permille(memory.confidence()));
    payload.put("node", node);
    payload.put("provenance", memory.provenance().word());
    putDetails(payload, memory.time(), memory.tags(), memory.ref());
    if (memory.tainted()) {
      payload.put("tainted", true);
    }
    memory.validFrom().ifPresent(from -> payload.put("valid_from", from.toEpochMilli()));
    memory.validTo().ifPresent(to -> payload.put("valid_to", to.toEpochMilli()));
    if (!memory.supersedes().isEmpty()) {
      putIds(payload, "supersedes", memory.supersedes());
    }
    return payload.toString();
  }

  /** Anything that is said about one thing. */
  static String about(String key, EntryId id, Corrections.By by, String node) {
    return about(JSON.createObjectNode().put(key, id.hex()), by, node).toString();
  }

  static String edit(EntryId memory, MemoryEdit edit, Corrections.By by, String node) {
    ObjectNode payload = JSON.createObjectNode().put("memory", memory.hex());
    edit.fact().ifPresent(fact -> payload.put("text", fact));
    edit.confidence().ifPresent(confidence -> payload.put("confidence", permille(confidence)));
    edit.tags().ifPresent(tags -> putTexts(payload, "tags", tags));
    edit.validFrom().ifPresent(from -> putBound(payload, "valid_from", from, Instant.MIN));
    edit.validTo().ifPresent(to -> putBound(payload, "valid_to", to, Instant.MAX));
    return about(payload, by, node).toString();
  }

  static String merge(List<EntryId> memories, Corrections.By by, String node) {
    ObjectNode payload = JSON.createObjectNode();
    putIds(payload, "memories", memories);
    return about(payload, by, node).toString();
  }

  private static ObjectNode about(ObjectNode payload, Corrections.By by, String node) {
    payload.put("provenance", by.provenance().word());
    if (!by.reason().isEmpty()) {
      payload.put("reason", by.reason());
    }
    return payload.put("node", node);
  }

  private static void putDetails(
      ObjectNode payload, Optional<Instant> time, List<String> tags, String ref) {
    time.ifPresent(then -> payload.put("time", then.toEpochMilli()));
    if (!tags.isEmpty()) {
      putTexts(payload, "tags", tags);
    }
    if (!ref.isEmpty()) {
      payload.put("ref", ref);
    }
  }

  private static void putBound(ObjectNode payload, String key, Instant bound, Instant none) {
    if (bound.equals(none)) {
      payload.putNull(key);
    } else {
      payload.put(key, bound.toEpochMilli());
    }
  }

  private static void putIds(ObjectNode payload, String key, Collection<EntryId> ids) {
    putTexts(payload, key, ids.stream().map(EntryId::hex).toList());
  }

  private static void putTexts(ObjectNode payload, String key, List<String> texts) {
    ArrayNode list = payload.putArray(key);
    texts.forEach(list::add);
  }

  /** The object in a payload; empty if it is none, so that the fold passes it over. */
  static Optional<ObjectNode> parse(String payload) {
    try {
      JsonNode node = JSON.readTree(payload);
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static int permille(double share) {
    return (int) Math.round(share * 1000);
  }
}
