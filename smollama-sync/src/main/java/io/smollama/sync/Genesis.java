package io.smollama.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The first entry of every replica: who it is, whom it follows and why. */
final class Genesis {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String TYPE = "ctl.genesis";

  private Genesis() {}

  static Draft draft(
      String nodeName,
      Optional<String> productVersion,
      long incarnation,
      Continuity.Break reason,
      Set<ReplicaId> predecessors) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("node", nodeName);
    productVersion.ifPresent(version -> json.put("version", version));
    json.put("incarnation", incarnation);
    json.put("reason", reason.word());
    if (!predecessors.isEmpty()) {
      ArrayNode names = json.putArray("predecessors");
      predecessors.forEach(replica -> names.add(replica.hex()));
    }
    return Draft.of(ChainId.CONTROL, TYPE, json.toString());
  }

  /** What is known of an identity from its first entry, if that is here. */
  static Incarnation read(LogStore store, Self self) {
    ChainId control = new ChainId(self.origin(), ChainId.CONTROL);
    return store.entries(control, Branch.TRUNK, 0, 1).stream()
        .findFirst()
        .map(first -> read(first, self))
        .orElseGet(
            () ->
                new Incarnation(
                    self.origin(), self.incarnation(), Optional.empty(), List.of(), "Unknown"));
  }

  private static Incarnation read(Entry first, Self self) {
    JsonNode json = parsed(first.toJournalEntry().payload());
    List<ReplicaId> predecessors = new ArrayList<>();
    json.path("predecessors").forEach(id -> predecessors.add(new ReplicaId(id.asText())));
    String word = json.path("reason").asText();
    return new Incarnation(
        self.origin(),
        self.incarnation(),
        first.header().wall(),
        predecessors,
        Continuity.Break.of(word).map(Continuity.Break::sentence).orElse(word));
  }

  private static JsonNode parsed(String payload) {
    try {
      return JSON.readTree(payload);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // written by nobody that this version knows
    }
  }
}
