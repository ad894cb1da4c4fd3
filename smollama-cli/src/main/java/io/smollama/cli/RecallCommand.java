package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.smollama.dashboard.KnowledgeDesk;
import io.smollama.memory.ObservationType;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code smollama recall}: observations and facts, by words and by meaning. */
@Command(
    name = "recall",
    description = {
      "Find observations and facts by words and by meaning, best first.",
      "The number before a hit orders those of one recall; asked again after more was remembered,",
      "or in another process, it may differ a little."
    })
final class RecallCommand extends NodeCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "TEXT",
      description = {
        "What to look for; without it the latest are listed. With --json, '-' reads queries from",
        "standard input, one a line, and prints one document a line."
      })
  private List<String> text = List.of();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "10",
      description = "The most hits. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--kind", paramLabel = "KIND", description = "Only observation or memory.")
  private String kind = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Only pattern, anomaly, status, general, summary or fact; several with commas.")
  private String type = "";

  @Option(names = "--node", paramLabel = "NAME", description = "Only what this node recorded.")
  private String node = "";

  @Option(
      names = "--source",
      paramLabel = "PATTERN",
      description = "Only observations about these sources: gpio:17, 'mqtt:kitchen/*'; repeatable.")
  private List<String> sources = List.of();

  @Option(names = "--since", paramLabel = "TIME", description = "Only from this day or time on.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Only before this day or time.")
  private @Nullable String until;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description = {
        "What was believed at this day or time, in the words and with the confidence of then;",
        "a day means its first moment. It is searched for by the words of today."
      })
  private @Nullable String asOf;

  @Option(names = "--all", description = "With what is retracted, summed up or no longer true.")
  private boolean all;

  private static final String TYPES =
      Stream.concat(
              Stream.of(ObservationType.values()).map(ObservationType::word), Stream.of("fact"))
          .collect(Collectors.joining("|"));

  /** Queries come line by line from standard input. */
  private boolean isStream() {
    return text.equals(List.of("-"));
  }

  private Map<String, String> request(String words) {
    Map<String, String> request = new TreeMap<>();
    request.put("q", words);
    request.put("limit", Integer.toString(limit));
    request.put("kind", kind);
    request.put("type", type);
    request.put("node", node);
    request.put("source", String.join(",", sources));
    putTime(request, "since", since);
    putTime(request, "until", until);
    putTime(request, "as_of", asOf);
    request.put("all", Boolean.toString(all));
    request.values().removeIf(String::isEmpty);
    return request;
  }

  private static void putTime(Map<String, String> request, String name, @Nullable String given) {
    if (given != null) {
      String option = "--" + name.replace('_', '-');
      request.put(name, PersonsTime.parse(option, given).toString());
    }
  }

  @Override
  void check() {
    if (limit < 1 || limit > 1_000) {
      throw wrongUsage("--limit is 1 to 1000, was " + limit);
    } else if (!kind.matches("|(observation|memory)(,(observation|memory))*")) {
      throw wrongUsage("--kind is observation or memory, was '%s'".formatted(kind));
    } else if (!type.matches("|(TYPES)(,(TYPES))*".replace("TYPES", TYPES))) {
      throw wrongUsage("--type is %s, was '%s'".formatted(TYPES.replace('|', ' '), type));
    } else if (sources.stream().anyMatch(String::isBlank)) {
      throw wrongUsage("--source is a source or a pattern such as 'mqtt:kitchen/*', was ''");
    } else if (isStream() && !json) {
      throw wrongUsage("Queries from standard input ('-') are answered with --json");
    }
  }

  @Override
  JsonNode ask(NodeClient running) {
    return answer(words -> running.get("/api/recall", request(words)));
  }

  @Override
  JsonNode ask(Parts parts) {
    if (isStream()) {
      parts.memory().upkeep().fillVectors(progress());
    }
    KnowledgeDesk desk = parts.knowledgeDesk();
    return answer(words -> desk.recall(JSON.valueToTree(request(words))));
  }

  private JsonNode answer(Function<String, JsonNode> recall) {
    if (!isStream()) {
      return recall.apply(String.join(" ", text));
    }
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(program().terminal().input(), StandardCharsets.UTF_8));
    new AnswersInOrder(recall, Runtime.getRuntime().availableProcessors())
        .tell(lines, program().terminal()::jsonLine);
    return MissingNode.getInstance();
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    new RecallLines(kind, asOf != null).tell(answer, terminal);
  }
}
