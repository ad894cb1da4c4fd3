package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.agent.Age;
import io.smollama.memory.RecallHit;
import io.smollama.memory.RecallQuery;
import io.smollama.memory.RecallResult;
import java.time.Instant;
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
    Instant now = parts.clock().instant();
    ObjectNode document = object().put("query", words()).put("by_meaning", result.byMeaning());
    ArrayNode hits = document.putArray("hits");
    for (RecallHit hit : result.hits()) {
      hits.addObject()
          .put("kind", hit.kind().word())
          .put("type", hit.type())
          .put("text", hit.text())
          .put("confidence", hit.confidence())
          .put("times_confirmed", hit.timesConfirmed())
          .put("timestamp", hit.time().map(Instant::toString).orElse(null))
          .put("node", hit.node())
          .put("score", Math.round(hit.score() * 1000) / 1000.0)
          .put("why", hit.why().name().toLowerCase(Locale.ROOT))
          .put("age", hit.time().map(time -> Age.of(time, now)).orElse(null));
    }
    return document;
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
