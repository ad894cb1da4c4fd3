package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.dashboard.ReadingsDesk;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smollama readings gaps}: when a source said nothing. */
@Command(
    name = "gaps",
    description = {
      "Show when sources said nothing for longer than usual.",
      "Where readings are gone, gaps are known to the length of a window (5 minutes, an hour, a day)."
    })
final class ReadingsGapsCommand extends PastCommand {
  @Option(
      names = "--longer",
      paramLabel = "LENGTH",
      defaultValue = "10m",
      description = "Only gaps longer than this. Default: ${DEFAULT-VALUE}.")
  private String longer;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "List only so many, the newest. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  void check() {
    super.check();
    length("--longer", longer);
    if (limit < 1 || limit > 10_000) {
      throw wrongUsage("--limit is 1 to 10000, was " + limit);
    }
  }

  @Override
  void ask(Map<String, String> request) {
    request.put("longer", longer);
    put(request, "limit", limit);
  }

  @Override
  String what() {
    return "gaps";
  }

  @Override
  ObjectNode ask(ReadingsDesk desk, ObjectNode request) {
    return desk.gaps(request);
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    String between = "";
    for (JsonNode one : answer.path("sources")) {
      terminal.line(between + title(answer, one));
      between = "\n";
      long count = one.path("count").asLong();
      terminal.line(
          count == 0
              ? "  never silent for longer than " + longer
              : "  silent for longer than %s %s, together %s"
                  .formatted(
                      longer,
                      count == 1 ? "once" : "%,d times".formatted(count),
                      words(one.path("total_seconds"))));
      for (JsonNode gap : one.path("gaps")) {
        terminal.line(
            "  %-26s %12s%s"
                .formatted(
                    shown(gap.path("from").asText()),
                    words(gap.path("seconds")),
                    gap.path("open").asBoolean() ? "  until the end" : ""));
      }
      if (one.path("gaps").size() < count) {
        terminal.line("  (the newest %,d; --limit shows more)".formatted(one.path("gaps").size()));
      }
      tellGone(one, "before that gaps are known from sums", terminal);
    }
  }
}
