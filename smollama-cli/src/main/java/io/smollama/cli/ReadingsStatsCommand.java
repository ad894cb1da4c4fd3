package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Units;
import io.smollama.memory.Crossing;
import io.smollama.memory.ReadingHistory;
import io.smollama.memory.ReadingStatistics;
import io.smollama.memory.ReadingWindow;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smollama readings stats}: what the readings of one source come to. */
@Command(
    name = "stats",
    description = {
      "Show what the readings of a source come to: numbers with mean, percentiles and bounds, states",
      "with how long each lasted. Works beside a running node."
    })
final class ReadingsStatsCommand extends SourceHistoryCommand {
  /** A number that has more values than this is no state. */
  private static final int MOST_STATES = 12;

  private static final Map<String, String> NAMES =
      Map.of("p50", "median", "standard_deviation", "deviation");

  @Option(names = "--above", paramLabel = "LEVEL", description = "When it first rose above this.")
  private @Nullable Double above;

  @Option(names = "--below", paramLabel = "LEVEL", description = "When it first fell below this.")
  private @Nullable Double below;

  @Override
  void look(ReadingHistory history, Asked asked, ObjectNode answer) {
    ReadingWindow window = history.window(asked.source(), asked.from(), asked.to());
    answer.put("readings", window.readings().size());
    window.statistics().ifPresent(statistics -> put(answer.putObject("numbers"), statistics));
    var states = window.timeInState();
    if (states.size() <= MOST_STATES) {
      ArrayNode lasted = answer.putArray("states");
      states.forEach(
          (value, time) ->
              lasted.addObject().put("value", value.text()).put("seconds", seconds(time)));
    }
    cross(window, answer, "above", above, Crossing.UP);
    cross(window, answer, "below", below, Crossing.DOWN);
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1_000.0;
  }

  private static void put(ObjectNode numbers, ReadingStatistics statistics) {
    numbers
        .put("count", statistics.count())
        .put("min", statistics.min())
        .put("p5", statistics.p5())
        .put("p50", statistics.p50())
        .put("mean", statistics.mean())
        .put("p95", statistics.p95())
        .put("max", statistics.max())
        .put("standard_deviation", statistics.standardDeviation());
  }

  private static void cross(
      ReadingWindow window,
      ObjectNode answer,
      String name,
      @Nullable Double level,
      Crossing direction) {
    if (level == null) {
      return;
    }
    ObjectNode crossing = answer.putObject(name).put("level", level);
    window
        .firstCrossing(level, direction)
        .ifPresent(
            reading ->
                crossing
                    .put("time", reading.time().toString())
                    .put("value", reading.value().text()));
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    String unit = answer.path("unit").asText();
    terminal.line(title(answer));
    terminal.line("  %-10s %,d".formatted("readings", answer.path("readings").asLong()));
    answer
        .path("numbers")
        .properties()
        .forEach(
            figure -> {
              if (!figure.getKey().equals("count")) {
                terminal.line(
                    "  %-10s %s"
                        .formatted(
                            NAMES.getOrDefault(figure.getKey(), figure.getKey()),
                            Units.with(Rounded.of(figure.getValue().asDouble()), unit)));
              }
            });
    for (JsonNode state : answer.path("states")) {
      terminal.line(
          "  %-10s %s"
              .formatted(
                  state.path("value").asText(),
                  SpanOfTime.shown(
                      Duration.ofMillis((long) (state.path("seconds").asDouble() * 1_000)))));
    }
    tellCrossing("rose above", answer.path("above"), unit, terminal);
    tellCrossing("fell below", answer.path("below"), unit, terminal);
  }

  private static void tellCrossing(String what, JsonNode crossing, String unit, Terminal terminal) {
    if (crossing.isMissingNode()) {
      return;
    }
    String level = Units.with(Rounded.of(crossing.path("level").asDouble()), unit);
    terminal.line(
        crossing.has("time")
            ? "  %s %s first at %s, with %s"
                .formatted(
                    what,
                    level,
                    PersonsTime.shown(crossing.path("time").asText()),
                    Units.with(crossing.path("value").asText(), unit))
            : "  never %s %s".formatted(what, level));
  }
}
