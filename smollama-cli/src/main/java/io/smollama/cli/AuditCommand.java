package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code smollama audit}: what was done to outputs, by whom and why. */
@Command(
    name = "audit",
    description =
        "Show what was done to outputs, also what was refused: by whom, why, with what result.")
final class AuditCommand extends LatestCommand {
  @Override
  JsonNode ask(NodeClient node) {
    return node.get("/api/acts", limited());
  }

  @Override
  JsonNode ask(Parts parts) {
    return parts.actDesk(Optional.empty()).acts(Optional.empty(), limit());
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    Instant now = program().clock().instant();
    if (answer.path("acts").isEmpty()) {
      terminal.line("Nothing was done to any output yet");
    }
    answer.path("acts").forEach(act -> terminal.line(ActLines.line(act, now)));
  }
}
