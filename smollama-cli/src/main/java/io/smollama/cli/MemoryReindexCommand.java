package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** {@code smollama memory reindex}: what recall searches, made anew. */
@Command(
    name = "reindex",
    description = {
      "Make everything that recall searches anew: the index of words and all vectors.",
      "Needed only if recall misses what is there. Takes about a second for 100 texts on a Pi."
    })
final class MemoryReindexCommand extends NodeCommand {

  @Override
  JsonNode ask(NodeClient node) {
    return node.post("/api/memory/reindex", object());
  }

  @Override
  JsonNode ask(Parts parts) {
    return parts.care().reindex(progress -> {});
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line("Made anew: " + MemoryStatsCommand.vectors(answer));
  }
}
