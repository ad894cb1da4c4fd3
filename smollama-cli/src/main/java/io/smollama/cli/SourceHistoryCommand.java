package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.SourceId;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.ReadingHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A command about what one source said in a span of time. It reads the file of the memory itself,
 * also beside a node that runs.
 */
abstract class SourceHistoryCommand extends NodeCommand {
  @Parameters(paramLabel = "SOURCE", description = "The source, as 'readings' shows it: dht:22.")
  private String source = "";

  @Option(names = "--since", paramLabel = "TIME", description = "From this day or time on.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Before this time. Default: now.")
  private @Nullable String until;

  @Option(
      names = "--last",
      paramLabel = "SPAN",
      description = "How long: 90m, 24h, 7d, 52w. Default: 24h.")
  private @Nullable String last;

  /** What is asked for. */
  record Asked(SourceId source, Instant from, Instant to) {}

  @Override
  void check() {
    if (since != null && last != null) {
      throw wrongUsage("--since and --last do not go together");
    }
    try {
      SourceId.parse(source);
      Asked asked = asked(program().clock().instant());
      if (!asked.from().isBefore(asked.to())) {
        throw wrongUsage("--since must lie before --until");
      }
    } catch (IllegalArgumentException | UserError e) {
      throw wrongUsage(e.getMessage());
    }
  }

  private Asked asked(Instant now) {
    Instant to =
        Optional.ofNullable(until).map(text -> PersonsTime.parse("--until", text)).orElse(now);
    Duration span = SpanOfTime.parse("--last", last == null ? "24h" : last);
    Instant from =
        Optional.ofNullable(since)
            .map(text -> PersonsTime.parse("--since", text))
            .orElseGet(() -> to.minus(span));
    return new Asked(SourceId.parse(source), from, to);
  }

  @Override
  final JsonNode ask(NodeClient node) {
    Path memory = Parts.memoryFile(program().configuration(), program().state());
    try (MemoryStore store = MemoryStore.openReadOnly(memory, program().clock())) {
      return look(store.readings());
    }
  }

  @Override
  final JsonNode ask(Parts parts) {
    return look(parts.memory().readings());
  }

  private JsonNode look(ReadingHistory history) {
    Asked asked = asked(program().clock().instant());
    if (history.latest(asked.source()).isEmpty()) {
      List<String> known = history.sources().stream().map(SourceId::toString).toList();
      throw new UserError(
          "Nothing was ever read from '%s'%s. 'smollama readings' shows what there is"
              .formatted(source, NearestName.hint(source, known)));
    }
    ObjectNode answer =
        object()
            .put("source", source)
            .put("unit", history.latest(asked.source()).orElseThrow().unit())
            .put("from", asked.from().toString())
            .put("to", asked.to().toString());
    look(history, asked, answer);
    return answer;
  }

  /** Adds what it is about to an answer that names source, unit and span. */
  abstract void look(ReadingHistory history, Asked asked, ObjectNode answer);

  /** The first line of what a person is told. */
  static String title(JsonNode answer) {
    return "%s from %s to %s"
        .formatted(
            answer.path("source").asText(),
            PersonsTime.shown(answer.path("from").asText()),
            PersonsTime.shown(answer.path("to").asText()));
  }
}
