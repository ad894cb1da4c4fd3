package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code smollama memory show}: one fact and what happened to it, or one observation. */
@Command(name = "show", description = "Show a fact and what happened to it, or an observation.")
final class MemoryShowCommand extends NodeCommand {
  @Parameters(paramLabel = "ID", description = "Its id; 6 digits of it are enough.")
  private String id;

  @Override
  JsonNode ask(NodeClient node) {
    return node.get("/api/memory/show", Map.of("id", id));
  }

  @Override
  JsonNode ask(Parts parts) {
    return parts.knowledgeDesk().show(object().put("id", id));
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line(MemoryLines.of(answer));
    terminal.line("id " + answer.path("id").asText());
    if (MemoryLines.isWorkedOut(answer)) {
      terminal.line("said " + MemoryLines.when(answer) + ", worked out: the clock was not set yet");
    }
    for (JsonNode change : answer.path("history")) {
      terminal.line(
          "  %s  %s on %s: %s"
              .formatted(
                  MemoryLines.when(change),
                  change.path("provenance").asText("somebody"),
                  change.path("node").asText(),
                  PersonsTime.boundsShown(change.path("what").asText())));
    }
  }
}
