package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Counted;
import io.smollama.dashboard.ReadingsDesk;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code smollama readings stats}: what the numbers of a source did, how long its states lasted.
 */
@Command(
    name = "stats",
    description = {
      "Count, smallest, largest, mean and percentiles of the numbers of sources.",
      "Of flags and texts how long each value lasted."
    })
final class ReadingsStatsCommand extends PastCommand {
  private static final int MOST_STATES = 20;

  @Option(
      names = "--above",
      paramLabel = "LEVEL",
      description = "When it rose above this number first.")
  private @Nullable Double above;

  @Option(
      names = "--below",
      paramLabel = "LEVEL",
      description = "When it fell below this number first.")
  private @Nullable Double below;

  @Override
  void ask(Map<String, String> request) {
    put(request, "above", above);
    put(request, "below", below);
  }

  @Override
  String what() {
    return "stats";
  }

  @Override
  ObjectNode ask(ReadingsDesk desk, ObjectNode request) {
    return desk.stats(request);
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    String between = "";
    for (JsonNode one : answer.path("sources")) {
      terminal.line(between + title(answer, one));
      between = "\n";
      if (one.has("states")) {
        tellStates(one.path("states"), terminal);
      } else if (one.has("numbers")) {
        tellNumbers(one.path("numbers"), terminal);
      } else {
        terminal.line("No number.");
      }
      tellCrossing(one, "above", "Rose", terminal);
      tellCrossing(one, "below", "Fell", terminal);
      tellGone(
          one,
          one.has("above") || one.has("below")
              ? "the sums of the time before know no moments"
              : "before that their sums answer",
          terminal);
    }
  }

  private static void tellNumbers(JsonNode numbers, Terminal terminal) {
    JsonNode shares = numbers.path("percentiles");
    Figures figures = Figures.of(JSON.createArrayNode().add(numbers));
    if (numbers.path("min").equals(numbers.path("max"))) {
      terminal.line(
          "  %s, all %s"
              .formatted(
                  Counted.of(numbers.path("count").asLong(), "reading"),
                  figures.text(numbers.path("min"))));
      return;
    }
    terminal.line(
        "  %s from %s to %s, mean %s"
            .formatted(
                Counted.of(numbers.path("count").asLong(), "reading"),
                figures.text(numbers.path("min")),
                figures.text(numbers.path("max")),
                figures.text(numbers.path("mean"))));
    terminal.line(
        "  half of them from %s to %s (median %s), nine in ten from %s to %s%s"
            .formatted(
                figures.text(shares.path("25")),
                figures.text(shares.path("75")),
                figures.text(shares.path("50")),
                figures.text(shares.path("5")),
                figures.text(shares.path("95")),
                numbers.path("percentiles_estimated").asBoolean() ? ", estimated" : ""));
  }

  private static void tellStates(JsonNode states, Terminal terminal) {
    double all = 0;
    for (JsonNode state : states) {
      all += state.path("seconds").asDouble();
    }
    int told = 0;
    for (JsonNode state : states) {
      if (++told > MOST_STATES) {
        terminal.line("  and %,d more values".formatted(states.size() - MOST_STATES));
        break;
      }
      terminal.line(
          "  %-20s %12s  %3.0f %%"
              .formatted(
                  state(state.path("value")),
                  words(state.path("seconds")),
                  100 * state.path("seconds").asDouble() / Math.max(all, 1e-9)));
    }
    if (states.isEmpty()) {
      terminal.line("  nothing was said, or more than a thousand values");
    }
  }

  private static void tellCrossing(JsonNode one, String name, String verb, Terminal terminal) {
    JsonNode crossing = one.path(name);
    if (!crossing.has("level")) {
      return;
    }
    boolean beyond = crossing.path("at_start").asBoolean();
    String what = "%s %s".formatted(name, crossing.path("level").asText());
    String at = shown(crossing.path("time").asText("1970-01-01T00:00:00Z"));
    String value = state(crossing.path("value"));
    terminal.line(
        crossing.has("time")
            ? "  %s %s first %s: %s%s"
                .formatted(verb, what, at, value, beyond ? "; began " + name + " it" : "")
            : beyond
                ? "  Already %s when the span begins, never again later".formatted(what)
                : "  Never %s".formatted(what));
  }
}
