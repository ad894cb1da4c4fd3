package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.dashboard.KnowledgeForms;
import io.smollama.memory.RecallQuery;
import io.smollama.memory.RecallResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code smollama recall}: observations and facts, by words and by meaning. */
@Command(
    name = "recall",
    description = "Find observations and facts by words and by meaning, best first.")
final class RecallCommand extends NodeCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "TEXT",
      description = "What to look for; without it the latest are listed.")
  private List<String> text = List.of();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "10",
      description = "The most hits. Default: ${DEFAULT-VALUE}.")
  private int limit;

  private String words() {
    return String.join(" ", text);
  }

  @Override
  void check() {
    if (limit < 1 || limit > 1_000) {
      throw wrongUsage("--limit is 1 to 1000, was " + limit);
    }
  }

  @Override
  JsonNode ask(NodeClient node) {
    return node.get("/api/recall", Map.of("q", words(), "limit", Integer.toString(limit)));
  }

  @Override
  JsonNode ask(Parts parts) {
    RecallResult result = parts.memory().recall(RecallQuery.of(words(), limit));
    return KnowledgeForms.recalled(words(), result, parts.clock().instant());
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    JsonNode hits = answer.path("hits");
    if (hits.isEmpty()) {
      terminal.line("Nothing is remembered that fits.");
    }
    for (JsonNode hit : hits) {
      terminal.line(
          "%s  %s  (%s%s)"
              .formatted(
                  hit.path("why").asText().equals("latest")
                      ? "   -"
                      : String.format(Locale.ROOT, "%.2f", hit.path("score").asDouble()),
                  hit.path("text").asText(),
                  hit.path("type").asText(),
                  hit.hasNonNull("age") ? ", " + hit.path("age").asText() : ""));
    }
    boolean asked = hits.size() > 0 && !hits.get(0).path("why").asText().equals("latest");
    if (asked && !answer.path("by_meaning").asBoolean()) {
      terminal.line("(by words only: no embedding model is at hand)");
    }
  }
}
