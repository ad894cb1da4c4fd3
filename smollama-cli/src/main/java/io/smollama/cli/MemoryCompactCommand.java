package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Counted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smollama memory compact}: old observations summed up, old readings let go. */
@Command(
    name = "compact",
    description = {
      "Sum up old observations week by week and let go of readings past their time.",
      "A summary hides what it covers; nothing that was noticed is deleted. A running node does",
      "this every day."
    })
final class MemoryCompactCommand extends NodeCommand {
  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      defaultValue = "30",
      description = "Observations older than this. Default: ${DEFAULT-VALUE}.")
  private double days;

  @Override
  void check() {
    if (!(days >= 0)) {
      throw wrongUsage("--older-than is 0 days or more, was " + days);
    }
  }

  private ObjectNode request() {
    return object().put("older_than_days", days);
  }

  @Override
  JsonNode ask(NodeClient node) {
    return node.post("/api/memory/compact", request());
  }

  @Override
  JsonNode ask(Parts parts) {
    return parts.care().compact(request());
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line(
        "%s summed up in %s; %s let go"
            .formatted(
                Counted.of(answer.path("covered").asLong(), "observation"),
                Counted.of(answer.path("summaries").asLong(), "summary", "summaries"),
                Counted.of(answer.path("readings_let_go").asLong(), "old reading")));
  }
}
