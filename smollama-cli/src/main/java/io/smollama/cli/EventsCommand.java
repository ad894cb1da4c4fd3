package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.agent.Age;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smollama events}: what came in for a model, and what it answered. */
@Command(
    name = "events",
    description = {
      "Show what came in for a model to answer, newest first: messages, changes, alarms, times and",
      "questions, with what was answered. What waits for a model is marked so."
    })
final class EventsCommand extends NodeCommand {
  private static final int MOST = 1_000;
  private static final int SHOWN = 160;

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
    return node.get("/api/events", Map.of("limit", Integer.toString(limit)));
  }

  @Override
  JsonNode ask(Parts parts) {
    return parts.talk().desk(parts.ask(List::of), Optional.empty()).events(limit);
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
                  shortened(event.path("text").asText())));
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
    String outcome = shortened(event.path("outcome").asText());
    return switch (event.path("state").asText()) {
      case "done" -> outcome;
      case "running" -> "(a model is at it)";
      case "given_up" -> "(given up: %s)".formatted(outcome);
      case "expired" -> "(not answered: %s)".formatted(outcome);
      default ->
          outcome.isEmpty() ? "(waits for a model)" : "(waits; before: %s)".formatted(outcome);
    };
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }
}
