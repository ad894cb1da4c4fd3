package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smollama audit}: what was done to outputs, by whom and why. */
@Command(
    name = "audit",
    description =
        "Show what was done to outputs, also what was refused: by whom, why, with what result.")
final class AuditCommand extends NodeCommand {
  private static final int MOST = 1_000;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "The newest so many, 1 to 1000 (default ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  void check() {
    if (limit < 1 || limit > MOST) {
      throw wrongUsage("--limit is 1 to %d, was %d".formatted(MOST, limit));
    }
  }

  @Override
  JsonNode ask(NodeClient node) {
    return node.get("/api/acts", Map.of("limit", Integer.toString(limit)));
  }

  @Override
  JsonNode ask(Parts parts) {
    return parts.actDesk(Optional.empty()).acts(Optional.empty(), limit);
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
