package io.smollama.sync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.ReplicaId;
import java.util.Optional;
import java.util.Set;

/** The first entry of every replica: who it is, whom it follows and why. */
final class Genesis {
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
}
