package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.memory.Gap;
import io.smollama.memory.ReadingHistory;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smollama readings gaps}: when a source said nothing. */
@Command(
    name = "gaps",
    description = "Show when a source said nothing. Works beside a running node.")
final class ReadingsGapsCommand extends SourceHistoryCommand {
  @Option(
      names = "--longer",
      paramLabel = "SPAN",
      defaultValue = "10m",
      description = "Only gaps longer than this: 90s, 10m, 2h. Default: ${DEFAULT-VALUE}.")
  private String longer = "10m";

  @Override
  void check() {
    super.check();
    try {
      SpanOfTime.parse("--longer", longer);
    } catch (UserError e) {
      throw wrongUsage(e.getMessage());
    }
  }

  @Override
  void look(ReadingHistory history, Asked asked, ObjectNode answer) {
    Duration least = SpanOfTime.parse("--longer", longer);
    ArrayNode gaps = answer.put("longer_than_seconds", least.toSeconds()).putArray("gaps");
    for (Gap gap : history.window(asked.source(), asked.from(), asked.to()).gaps(least)) {
      gaps.addObject()
          .put("from", gap.from().toString())
          .put("to", gap.to().toString())
          .put("seconds", gap.length().toMillis() / 1_000.0);
    }
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line(title(answer));
    double silent = 0;
    for (JsonNode gap : answer.path("gaps")) {
      double seconds = gap.path("seconds").asDouble();
      silent += seconds;
      terminal.line(
          "  %-26s  to  %-26s  %s"
              .formatted(
                  PersonsTime.shown(gap.path("from").asText()),
                  PersonsTime.shown(gap.path("to").asText()),
                  span(seconds)));
    }
    terminal.line(
        answer.path("gaps").isEmpty()
            ? "  never silent for longer than "
                + span(answer.path("longer_than_seconds").asDouble())
            : "  silent for %s in all".formatted(span(silent)));
  }

  private static String span(double seconds) {
    return SpanOfTime.shown(Duration.ofMillis((long) (seconds * 1_000)));
  }
}
