package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.dashboard.KnowledgeForms;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code smollama ask}: a question about readings and memories. */
@Command(
    name = "ask",
    description = {
      "Ask a question; the readings and memories nearest to it answer.",
      "A past time in it (yesterday at noon, last Monday, 2 November, in March,",
      "3 hours ago) is answered from the readings of then, by this machine's calendar.",
      "A model of a local Ollama, if there is one, puts the answer into words."
    })
final class AskCommand extends NodeCommand {
  @Parameters(arity = "1..*", paramLabel = "QUESTION", description = "The question.")
  private List<String> question;

  private String words() {
    return String.join(" ", question);
  }

  @Override
  void check() {
    if (words().isBlank()) {
      throw wrongUsage("A question needs at least one word");
    }
  }

  @Override
  JsonNode ask(NodeClient node) {
    return node.post("/api/ask", object().put("question", words()));
  }

  @Override
  JsonNode ask(Parts parts) {
    return KnowledgeForms.answer(parts.ask(() -> LiveReadings.of(parts.hub())).ask(words()));
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line(answer.path("answer").asText());
  }
}
