package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code smollama why gpio:18}: who made an output what it is. */
@Command(
    name = "why",
    description =
        "Tell who made an output what it is, when, for which reason and with what result.")
final class WhyCommand extends NodeCommand {
  private static final int TOLD = 5;

  @Parameters(paramLabel = "OUTPUT", description = "Such as gpio:18, 18, or its name.")
  private String output = "";

  @Override
  JsonNode ask(NodeClient node) {
    return node.get("/api/acts", Map.of("target", output, "limit", Integer.toString(TOLD)));
  }

  @Override
  JsonNode ask(Parts parts) {
    return parts.actDesk(Optional.empty()).acts(Optional.of(output), TOLD);
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    Instant now = program().clock().instant();
    String target = answer.path("target").asText();
    if (answer.path("acts").isEmpty()) {
      terminal.line("Nothing was done to %s yet".formatted(target));
      return;
    }
    terminal.line(target);
    answer.path("acts").forEach(act -> terminal.line("  " + ActLines.told(act, now)));
  }
}
