package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.agent.Look;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code smollama observe}: has a model look at the readings once, now. */
@Command(
    name = "observe",
    description = {
      "Have a model look at the readings once, now, and tell what it noted.",
      "A running node does so by itself (section 'observer' of the configuration); 'status' says how",
      "often. What the readings do not bear out is not kept (docs/reflection.md)."
    })
final class ObserveCommand extends NodeCommand {
  @Override
  JsonNode ask(NodeClient node) {
    return node.post("/api/observe", object());
  }

  @Override
  JsonNode ask(Parts parts) {
    parts.memory().readings().appendNow(LiveReadings.of(parts.hub()));
    return parts.talk().lookDesk().look();
  }

  @Override
  boolean isWell(JsonNode answer) {
    return answer.path("well").asBoolean();
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    for (JsonNode noted : answer.path("observations")) {
      terminal.line("[%s] %s".formatted(noted.path("type").asText(), noted.path("text").asText()));
    }
    for (JsonNode fact : answer.path("facts")) {
      terminal.line("[fact] " + fact.path("text").asText());
    }
    if (!answer.path("says").asText().isEmpty()) {
      terminal.line("Nothing was noted: " + answer.path("says").asText());
    } else if (answer.path("outcome").asText().equals(word(Look.Outcome.NOTHING))) {
      terminal.line("Nothing was worth noting");
    }
    for (Map.Entry<String, JsonNode> why : answer.path("refused").properties()) {
      terminal.line(
          "  not kept: %d %s".formatted(why.getValue().asInt(), why.getKey().replace('_', ' ')));
    }
  }

  private static String word(Look.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
