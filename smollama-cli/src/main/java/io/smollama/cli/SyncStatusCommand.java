package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code smollama sync status}: how this node and its server stand. */
@Command(
    name = "status",
    description = {
      "Say what is held here and how this node and its server stand.",
      "Nodes with the same 'held here' have the same entries, and know the same."
    })
final class SyncStatusCommand extends NodeCommand {

  @Override
  JsonNode ask(NodeClient node) {
    return node.get("/api/sync/status", Map.of("view", "yes"));
  }

  @Override
  JsonNode ask(Parts parts) {
    ObjectNode status = parts.syncDesk().statusAndView();
    if (status.path("server") instanceof ObjectNode server) {
      server
          .put(
              "says",
              server.path("address").asText() + ": no node runs; 'smollama sync now' meets it once")
          .putNull("next");
    }
    return status;
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    SyncLines.of(answer).forEach(terminal::line);
  }
}
