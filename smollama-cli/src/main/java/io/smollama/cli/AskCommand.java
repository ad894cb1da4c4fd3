package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.agent.Answer;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code smollama ask}: a question about readings and memories. */
@Command(
    name = "ask",
    description = {
      "Ask a question; the readings and memories nearest to it answer.",
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
    Answer answer = parts.ask(() -> LiveReadings.of(parts.hub())).ask(words());
    ObjectNode document = object().put("question", words()).put("answer", answer.text());
    ArrayNode sources = document.putArray("sources");
    answer.sources().forEach(source -> sources.add(source.reading().source().toString()));
    ArrayNode memories = document.putArray("memories");
    answer.memories().forEach(hit -> memories.add(hit.text()));
    return document.put("model", answer.model().orElse(null));
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line(answer.path("answer").asText());
  }
}
