package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.dashboard.ReadingsDesk;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smollama readings history}: what a source said over time. */
@Command(
    name = "history",
    description = {
      "Show what a source said over time.",
      "Each reading if they are few, else the mean, smallest and largest number of each step. Of flags",
      "and texts each change is shown.",
      "Where readings are gone (see the retention in README), their windows answer."
    })
final class ReadingsHistoryCommand extends PastCommand {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
  private static final DateTimeFormatter DAYS = DateTimeFormatter.ofPattern("uuuu-MM-dd");
  private static final int DAY_SECONDS = 86_400;

  @Option(
      names = "--every",
      paramLabel = "LENGTH",
      description =
          "A row for each 5m, 1h, 1d …, by the clock. Default: so that a screen holds it.")
  private @Nullable String every;

  @Option(
      names = "--points",
      paramLabel = "N",
      description = "At most so many points of about equally many readings each, as for a chart.")
  private @Nullable Integer points;

  @Option(names = "--all", description = "Each reading as it is.")
  private boolean all;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "1000",
      description = "The most readings or changes, the newest. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  void check() {
    super.check();
    length("--every", every);
    if ((every != null ? 1 : 0) + (points != null ? 1 : 0) + (all ? 1 : 0) > 1) {
      throw wrongUsage("--every, --points and --all exclude each other");
    } else if (points != null && (points < 2 || points > 10_000)) {
      throw wrongUsage("--points is 2 to 10000, was " + points);
    } else if (limit < 1 || limit > 10_000) {
      throw wrongUsage(
          "--limit is 1 to 10000, was %d; 'smollama readings export' writes all".formatted(limit));
    }
  }

  @Override
  void ask(Map<String, String> request) {
    put(request, "every", every);
    put(request, "points", points);
    put(request, "limit", limit);
    request.put("all", Boolean.toString(all));
  }

  @Override
  String what() {
    return "history";
  }

  @Override
  ObjectNode ask(ReadingsDesk desk, ObjectNode request) {
    return desk.history(request);
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    String between = "";
    for (JsonNode one : answer.path("sources")) {
      String step = one.has("step_seconds") ? ", by " + words(one.path("step_seconds")) : "";
      terminal.line(between + title(answer, one) + step);
      between = "\n";
      if (one.has("points")) {
        tellPoints(one, terminal);
      } else {
        tellEach(one, one.path(one.has("changes") ? "changes" : "readings"), terminal);
      }
      tellGone(one, "before that their sums answer", terminal);
    }
  }

  private static void tellPoints(JsonNode one, Terminal terminal) {
    JsonNode points = one.path("points");
    if (points.isEmpty()) {
      terminal.line("No number.");
      return;
    }
    if (points.size() > 1) {
      terminal.line(Sparkline.of(points));
    }
    boolean summed = stream(points).anyMatch(point -> point.path("count").asLong() > 1);
    Figures figures = Figures.of(points);
    DateTimeFormatter form = form(one.path("step_seconds").asDouble());
    if (summed) {
      terminal.line("%-19s %10s %10s %10s %9s".formatted("", "least", "mean", "most", "readings"));
    }
    for (JsonNode point : points) {
      String time = time(point, form);
      terminal.line(
          summed
              ? "%-19s %10s %10s %10s %,9d%s"
                  .formatted(
                      time,
                      figures.text(point.path("min")),
                      figures.text(point.path("value")),
                      figures.text(point.path("max")),
                      point.path("count").asLong(),
                      longer(one, point))
              : "%-19s %10s".formatted(time, figures.text(point.path("value"))));
    }
  }

  /** A window that tells of more than its row. */
  private static String longer(JsonNode one, JsonNode point) {
    boolean longer =
        one.has("step_seconds")
            && point.path("seconds").asDouble() > one.path("step_seconds").asDouble();
    return longer ? "  in " + words(point.path("seconds")) : "";
  }

  private static void tellEach(JsonNode one, JsonNode readings, Terminal terminal) {
    if (readings.isEmpty()) {
      terminal.line("Nothing was said.");
    }
    Figures figures = Figures.of(readings);
    for (JsonNode reading : readings) {
      JsonNode value = reading.path("value");
      String unit = reading.path("unit").asText();
      terminal.line(
          "%-19s %10s%s"
              .formatted(
                  time(reading, SECONDS),
                  value.isNumber() ? figures.text(value) : state(value),
                  unit.equals(one.path("unit").asText()) ? "" : " " + unit));
    }
  }

  private static DateTimeFormatter form(double step) {
    return step >= DAY_SECONDS ? DAYS : step >= 60 ? MINUTES : SECONDS;
  }

  private static String time(JsonNode point, DateTimeFormatter form) {
    return form.format(Instant.parse(point.path("time").asText()).atZone(ZoneId.systemDefault()));
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
