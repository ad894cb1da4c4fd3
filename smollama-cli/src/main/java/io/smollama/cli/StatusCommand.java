package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.dashboard.PartHealth;
import io.smollama.memory.MemoryException;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code smollama status}: whether a node runs, and how each part is. */
@Command(name = "status", description = "Say whether the node runs and how each part is.")
final class StatusCommand extends NodeCommand {

  @Override
  JsonNode ask(NodeClient node) {
    ObjectNode health = (ObjectNode) node.get("/api/health", Map.of());
    health.put("running", true);
    health.put("address", node.address().toString());
    return health;
  }

  @Override
  JsonNode ask(Parts parts) {
    parts.hub().readAll();
    ObjectNode document = document("ok");
    ObjectNode components = document.putObject("components");
    PartsHealth health = parts.health();
    for (PartHealth part : health.now(health.model())) {
      put(components, part);
      if (part.state() == PartHealth.State.FAILING) {
        document.put("status", "degraded");
      }
    }
    return document;
  }

  @Override
  JsonNode withoutMemory(MemoryException damage) {
    ObjectNode document = document("degraded");
    put(
        document.putObject("components"),
        new PartHealth("memory", PartHealth.State.FAILING, damage.getMessage()));
    return document;
  }

  @Override
  JsonNode ask(EdgeFile edge) {
    ObjectNode document = document("ok").put("running", true).put("mode", "edge");
    document.setAll((ObjectNode) edge.content());
    if (edge.content().findValuesAsText("state").contains(PartHealth.State.FAILING.word())) {
      document.put("status", "degraded");
    }
    return document;
  }

  private ObjectNode document(String status) {
    return object()
        .put("status", status)
        .put("node_name", program().configuration().node().name())
        .put("version", Version.current())
        .put("timestamp", program().clock().instant().toString())
        .put("running", false);
  }

  private static void put(ObjectNode components, PartHealth part) {
    components.putObject(part.part()).put("state", part.state().word()).put("says", part.says());
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line(answer.path("node_name").asText() + " " + how(answer));
    terminal.line("state folder: " + program().state().path());
    for (Map.Entry<String, JsonNode> part : answer.path("components").properties()) {
      terminal.line(
          "  %-8s %-11s %s"
              .formatted(
                  part.getValue().path("state").asText(),
                  part.getKey(),
                  part.getValue().path("says").asText()));
    }
  }

  private static String how(JsonNode answer) {
    if (!answer.path("running").asBoolean()) {
      return "is not running; 'smollama run' starts it";
    }
    return answer.path("mode").asText().equals("edge")
        ? "is running as an edge node: process %d, under %s"
            .formatted(answer.path("pid").asLong(), answer.path("topic").asText())
        : "is running: " + answer.path("address").asText();
  }
}
