package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Units;
import io.smollama.dashboard.ReadingsDesk;
import io.smollama.dashboard.TimeLength;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that looks through what sources said in a span of time. */
abstract class PastCommand extends NodeCommand {
  @Parameters(
      paramLabel = "SOURCE",
      description = "Such as system:cpu_percent, or several: 'system:*'.")
  private String source;

  @Option(
      names = {"--from", "--since"},
      paramLabel = "TIME",
      description = "From this day or time on: 2026-03-01 or 2026-03-01T12:00:00Z.")
  private @Nullable String from;

  @Option(
      names = {"--to", "--until"},
      paramLabel = "TIME",
      description = "Before this day or time. Default: now.")
  private @Nullable String to;

  @Option(
      names = "--last",
      paramLabel = "LENGTH",
      description = "So long until --to: 30m, 24h, 7d. Default: 24h.")
  private @Nullable String last;

  @Override
  void check() {
    if (from != null && last != null) {
      throw wrongUsage("--last and --from say the same twice; leave one out");
    }
    length("--last", last);
    try {
      Optional<Instant> begin = time("--from", from);
      Instant end = time("--to", to).orElseGet(program().clock()::instant);
      if (begin.isPresent() && !begin.get().isBefore(end)) {
        throw wrongUsage(
            "--from must lie before %s, was '%s'".formatted(to == null ? "now" : "--to", from));
      }
    } catch (UserError e) {
      throw wrongUsage(e.getMessage());
    }
  }

  private static Optional<Instant> time(String option, @Nullable String given) {
    return Optional.ofNullable(given).map(text -> PersonsTime.parse(option, text));
  }

  /** Refuses what is no length of time. */
  final void length(String option, @Nullable String given) {
    if (given != null && TimeLength.parse(given).filter(time -> !time.isZero()).isEmpty()) {
      throw wrongUsage(
          "%s is a length of time such as 30s, 15m, 24h or 7d, was '%s'".formatted(option, given));
    }
  }

  /** Adds what the command asks besides source and time. */
  abstract void ask(Map<String, String> request);

  /** The last part of the path. */
  abstract String what();

  abstract ObjectNode ask(ReadingsDesk desk, ObjectNode request);

  static void put(Map<String, String> request, String name, @Nullable Object given) {
    if (given != null) {
      request.put(name, given.toString());
    }
  }

  private Map<String, String> request() {
    Map<String, String> request = new TreeMap<>();
    request.put("source", source);
    time("--from", from).ifPresent(time -> request.put("from", time.toString()));
    time("--to", to).ifPresent(time -> request.put("to", time.toString()));
    put(request, "last", last);
    ask(request);
    return request;
  }

  @Override
  final JsonNode ask(NodeClient node) {
    return node.get("/api/readings/" + what(), request());
  }

  @Override
  final JsonNode ask(Parts parts) {
    ObjectNode request = object();
    request().forEach(request::put);
    return ask(parts.readingsDesk(), request);
  }

  /** The source, its unit and the span. */
  static String title(JsonNode answer, JsonNode one) {
    String unit = Units.symbol(one.path("unit").asText());
    return "%s%s, %s to %s"
        .formatted(
            one.path("source").asText(),
            unit.isEmpty() ? "" : " in " + unit,
            shown(answer.path("from").asText()),
            shown(answer.path("to").asText()));
  }

  /** A time to the second. */
  static String shown(String iso) {
    return PersonsTime.shown(Instant.ofEpochSecond(seconds(iso)), ZoneId.systemDefault());
  }

  private static long seconds(String iso) {
    return Instant.parse(iso).getEpochSecond();
  }

  static String words(JsonNode seconds) {
    return TimeLength.words(Duration.ofMillis(Math.round(seconds.asDouble() * 1_000)));
  }

  /** A flag or text on one line. */
  static String state(JsonNode value) {
    return value.isBoolean()
        ? value.asBoolean() ? "on" : "off"
        : value.isNull()
            ? "no number"
            : MemoryLines.oneLine(value.isTextual() ? value.asText() : value.toString());
  }

  /** Since when readings are kept, if the span begins before; and what of it is damaged. */
  static void tellGone(JsonNode one, String whatAnswers, Terminal terminal) {
    if (one.path("partly_gone").asBoolean()) {
      terminal.line(
          "Readings are kept from %s on; %s"
              .formatted(shown(one.path("kept_from").asText()), whatAnswers));
    }
    one.path("damaged")
        .forEach(some -> terminal.line("Left out, because they are damaged: " + some.asText()));
  }
}
