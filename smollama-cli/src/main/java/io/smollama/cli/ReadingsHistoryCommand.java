package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.Units;
import io.smollama.memory.Downsampling;
import io.smollama.memory.ReadingHistory;
import io.smollama.memory.SeriesPoint;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smollama readings history}: the course of one source. */
@Command(
    name = "history",
    description = {
      "Show what a source said over time: all of it if it is little, else windows of equal length,",
      "each with its mean and from where to where it went. Where readings were let go, their",
      "windows stand for them. Works beside a running node."
    })
final class ReadingsHistoryCommand extends SourceHistoryCommand {
  private static final int WIDEST_BAR = 20;

  @Option(
      names = "--points",
      paramLabel = "N",
      defaultValue = "24",
      description = "The most lines, 2 to 10,000. Default: ${DEFAULT-VALUE}.")
  private int points;

  @Override
  void check() {
    super.check();
    if (points < 2 || points > 10_000) {
      throw wrongUsage("--points is 2 to 10000, was " + points);
    }
  }

  @Override
  void look(ReadingHistory history, Asked asked, ObjectNode answer) {
    ArrayNode course = answer.putArray("points");
    List<Reading> few = history.range(asked.source(), asked.from(), asked.to(), points + 1);
    boolean numbers = few.stream().anyMatch(one -> one.value().asNumber().isPresent());
    if (!few.isEmpty() && (few.size() <= points || !numbers)) {
      answer.put("more", few.size() > points);
      few.subList(Math.max(0, few.size() - points), few.size()).forEach(one -> add(course, one));
      return;
    }
    history
        .downsampled(asked.source(), asked.from(), asked.to(), points, Downsampling.MIN_MAX)
        .forEach(point -> add(course, point));
  }

  private static void add(ArrayNode course, Reading reading) {
    ObjectNode point = course.addObject().put("time", reading.time().toString());
    if (reading.value() instanceof ReadingValue.Quantity quantity
        && Double.isFinite(quantity.number())) {
      point.put("value", quantity.number());
    } else {
      point.put("value", reading.value().text());
    }
  }

  private static void add(ArrayNode course, SeriesPoint point) {
    course
        .addObject()
        .put("time", point.time().toString())
        .put("value", point.value())
        .put("min", point.min())
        .put("max", point.max())
        .put("count", point.count())
        .put("window_seconds", point.resolution().toSeconds());
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    String unit = answer.path("unit").asText();
    JsonNode course = answer.path("points");
    terminal.line(title(answer));
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (JsonNode point : course) {
      if (point.path("value").isNumber()) {
        low = Math.min(low, point.path("value").asDouble());
        high = Math.max(high, point.path("value").asDouble());
      }
    }
    for (JsonNode point : course) {
      terminal.line(line(point, unit, low, high));
    }
    if (course.isEmpty()) {
      terminal.line("  nothing was read in that time");
    } else if (answer.path("more").asBoolean()) {
      terminal.line("  there is more before; --points N shows it");
    }
  }

  private static String line(JsonNode point, String unit, double low, double high) {
    String time = PersonsTime.shown(point.path("time").asText());
    JsonNode value = point.path("value");
    if (!value.isNumber()) {
      return "  %-26s  %s".formatted(time, value.asText());
    }
    String range =
        point.has("min")
            ? "  (%s to %s, %,d readings)"
                .formatted(
                    Rounded.of(point.path("min").asDouble()),
                    Units.with(Rounded.of(point.path("max").asDouble()), unit),
                    point.path("count").asLong())
            : "";
    return "  %-26s %14s  %-20s%s"
        .formatted(
            time,
            Units.with(Rounded.of(value.asDouble()), unit),
            bar(value.asDouble(), low, high),
            range)
        .stripTrailing();
  }

  /** From the lowest of the values that are shown to the highest. */
  private static String bar(double value, double low, double high) {
    int length = high > low ? (int) Math.round((value - low) / (high - low) * WIDEST_BAR) : 0;
    return "#".repeat(length);
  }
}
