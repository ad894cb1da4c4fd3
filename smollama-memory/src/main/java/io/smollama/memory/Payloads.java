package io.smollama.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.EntryId;
import io.smollama.core.SourceId;
import java.util.Optional;

/**
 * The JSON of the entries that this module writes. Confidence is in permille: no fold uses floats.
 */
final class Payloads {
  static final String OBS_ADD = "obs.add";
  static final String MEM_ADD = "mem.add";
  static final String MEM_CONFIRM = "mem.confirm";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Payloads() {}

  static String observation(NewObservation observation, String node) {
    ObjectNode payload = JSON.createObjectNode();
    payload.put("text", observation.text());
    payload.put("type", observation.type().word());
    payload.put("confidence", permille(observation.confidence()));
    ArrayNode sources = payload.putArray("sources");
    observation.sources().stream().map(SourceId::toString).forEach(sources::add);
    payload.put("node", node);
    payload.put("provenance", observation.provenance().word());
    return payload.toString();
  }

  static String memory(NewMemory memory, String node) {
    ObjectNode payload = JSON.createObjectNode();
    payload.put("text", memory.fact());
    payload.put("confidence", permille(memory.confidence()));
    payload.put("node", node);
    payload.put("provenance", memory.provenance().word());
    return payload.toString();
  }

  static String confirmation(EntryId memory, Provenance provenance) {
    ObjectNode payload = JSON.createObjectNode();
    payload.put("memory", memory.hex());
    payload.put("provenance", provenance.word());
    return payload.toString();
  }

  /** The object in a payload; empty if it is none, so that the fold skips it. */
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
