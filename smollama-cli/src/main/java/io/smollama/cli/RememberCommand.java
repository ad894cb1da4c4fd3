package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.memory.NewMemory;
import io.smollama.memory.Provenance;
import io.smollama.memory.Remembered;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code smollama remember}: a fact that stays. */
@Command(
    name = "remember",
    description = "Remember a fact; one that is known already is confirmed.")
final class RememberCommand extends NodeCommand {
  @Parameters(arity = "1..*", paramLabel = "FACT", description = "The fact, in plain words.")
  private List<String> fact;

  @Option(
      names = "--confidence",
      paramLabel = "0..1",
      defaultValue = "0.8",
      description = "How sure you are. Default: ${DEFAULT-VALUE}.")
  private double confidence;

  private String words() {
    return String.join(" ", fact);
  }

  @Override
  void check() {
    if (words().isBlank()) {
      throw wrongUsage("A fact needs at least one word");
    } else if (!(confidence >= 0 && confidence <= 1)) {
      throw wrongUsage("--confidence is 0 to 1, was " + confidence);
    }
  }

  @Override
  JsonNode ask(NodeClient node) {
    return node.post("/api/memories", object().put("fact", words()).put("confidence", confidence));
  }

  @Override
  JsonNode ask(Parts parts) {
    Remembered done =
        parts.memory().remember(new NewMemory(words(), confidence, Provenance.OPERATOR));
    return object()
        .put("status", done.confirmed() ? "confirmed" : "stored")
        .put("fact", done.memory().fact())
        .put("confidence", done.memory().confidence())
        .put("times_confirmed", done.memory().timesConfirmed())
        .put("memory_id", done.memory().id().hex());
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    boolean confirmed = answer.path("status").asText().equals("confirmed");
    terminal.line(
        confirmed
            ? "Known already, now said %d times: %s"
                .formatted(answer.path("times_confirmed").asInt(), answer.path("fact").asText())
            : "Remembered: " + answer.path("fact").asText());
  }
}
