package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.agent.OneLine;
import io.smollama.dashboard.ChatDesk;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code smollama chat}: says something to the node, which may use its tools to answer. */
@Command(
    name = "chat",
    description = {
      "Say something to the node, which looks up and does what it takes.",
      "A model answers, and switches outputs of a running node within their limits. What it claims to",
      "have done is held against what was done. Without a model the answer is that of 'smollama ask'."
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
    if (json) {
      return node.post("/api/chat", message());
    }
    Telling telling = new Telling();
    node.post("/api/chat", message().put("stream", true), telling::hear);
    return MissingNode.getInstance();
  }

  @Override
  JsonNode ask(Parts parts) {
    ChatDesk desk = parts.talk().desk(parts.ask(List::of), Optional.empty());
    if (json) {
      return desk.say(message());
    }
    Telling telling = new Telling();
    desk.say(message(), telling::hear);
    return MissingNode.getInstance();
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    throw new IllegalStateException("It was told as it came");
  }

  /** Tells a person what comes as it comes. */
  private final class Telling {
    private final Terminal terminal = program().terminal();
    private String said = "";

    void hear(JsonNode line) {
      if (line.has("words")) {
        said += line.path("words").asText();
        terminal.piece(line.path("words").asText());
      } else if (line.has("use") && !quiet) {
        endLine();
        use(line.path("use"));
      } else if (line.has("answer")) {
        answer(line.path("answer").path("text").asText());
      } else if (line.has("error")) {
        throw new UserError(line.path("error").asText());
      }
    }

    private void use(JsonNode use) {
      terminal.line(
          "> %s %s: %s"
              .formatted(
                  use.path("tool").asText(),
                  use.path("arguments").asText(),
                  OneLine.of(use.path("result").asText(), SHOWN)));
    }

    /** What of the whole answer was not said yet; all of it if other words were said. */
    private void answer(String text) {
      if (text.startsWith(said)) {
        terminal.line(text.substring(said.length()));
      } else if (text.equals(said.strip())) {
        terminal.line("");
      } else {
        endLine();
        terminal.line(text);
      }
    }

    private void endLine() {
      if (!said.isEmpty()) {
        terminal.line("");
        said = "";
      }
    }
  }
}
