package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.agent.Age;
import io.smollama.agent.OneLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code smollama events}: what came in for a model, and what it answered. */
@Command(
    name = "events",
    description = {
      "Show what came in for a model to answer, newest first, and what it answered.",
      "Messages, changes, alarms, times and questions. What waits for a model is marked so."
    })
final class EventsCommand extends LatestCommand {
  private static final int SHOWN = 160;

  @Override
  JsonNode ask(NodeClient node) {
    return node.get("/api/events", limited());
  }

  @Override
  JsonNode ask(Parts parts) {
    return parts.talk().desk(parts.ask(List::of), Optional.empty()).events(limit());
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    Instant now = program().clock().instant();
    if (answer.path("events").isEmpty()) {
      terminal.line("Nothing came in yet; docs/chat.md tells what a node answers by itself");
    }
    for (JsonNode event : answer.path("events")) {
      int count = event.path("count").asInt();
      terminal.line(
          "%-12s  %s%s: %s"
              .formatted(
                  Age.of(Instant.parse(event.path("last").asText()), now),
                  event.path("about").asText(),
                  count > 1 ? " (%d times)".formatted(count) : "",
                  OneLine.of(event.path("text").asText(), SHOWN)));
      terminal.line("              " + outcome(event));
    }
    answer
        .path("dropped")
        .properties()
        .forEach(
            one ->
                terminal.line(
                    "For want of room %s of kind %s went unanswered"
                        .formatted(one.getValue().asText(), one.getKey())));
  }

  private static String outcome(JsonNode event) {
    String outcome = OneLine.of(event.path("outcome").asText(), SHOWN);
    return switch (event.path("state").asText()) {
      case "done" -> outcome;
      case "running" -> "(a model is at it)";
      case "given_up" -> "(given up: %s)".formatted(outcome);
      case "expired" -> "(not answered: %s)".formatted(outcome);
      default ->
          outcome.isEmpty() ? "(waits for a model)" : "(waits; before: %s)".formatted(outcome);
    };
  }
}
