package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code smollama chat}: says something to the node, which may use its tools to answer. */
@Command(
    name = "chat",
    description = {
      "Say something to the node: a model answers, looks up what it needs, and switches outputs of a",
      "running node within their limits. What it claims to have done is held against what was done.",
      "Without a model the answer is that of 'smollama ask'."
    })
final class ChatCommand extends NodeCommand {
  private static final int SHOWN = 100;

  @Parameters(arity = "1..*", paramLabel = "WORD", description = "What to say.")
  private String[] words = {};

  @Option(
      names = {"-q", "--quiet"},
      description = "Only the answer, not the tools that were used.")
  private boolean quiet;

  private ObjectNode message() {
    return object().put("message", String.join(" ", words));
  }

  @Override
  JsonNode ask(NodeClient node) {
    return node.post("/api/chat", message());
  }

  @Override
  JsonNode ask(Parts parts) {
    return parts.talk().desk(parts.ask(List::of), Optional.empty()).say(message());
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    for (JsonNode use : answer.path("uses")) {
      if (!quiet) {
        String result = use.path("result").asText().replace('\n', ' ');
        terminal.line(
            "> %s %s: %s"
                .formatted(
                    use.path("tool").asText(),
                    use.path("arguments").asText(),
                    result.length() > SHOWN ? result.substring(0, SHOWN) + "…" : result));
      }
    }
    terminal.line(answer.path("text").asText());
  }
}
