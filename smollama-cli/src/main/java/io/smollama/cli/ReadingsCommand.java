package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.agent.Age;
import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import io.smollama.memory.SourcePattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code smollama readings}: what the sensors say now. */
@Command(
    name = "readings",
    description = {
      "Show what every source says now, and of sources that say nothing any more what they said last."
    },
    subcommands = {
      ReadingsHistoryCommand.class,
      ReadingsStatsCommand.class,
      ReadingsGapsCommand.class,
      ReadingsImportCommand.class,
      ReadingsExportCommand.class
    })
final class ReadingsCommand extends NodeCommand {
  private static final int NARROWEST = 26;
  private static final int WIDEST = 48;

  @Parameters(
      arity = "0..1",
      paramLabel = "SOURCE",
      description = "Only this source, or several: 'system:*'; or another node by its name.")
  private @Nullable String source;

  @Option(
      names = "--check",
      description = {
        "Say of the machine, the pins and each device of the configuration whether it answers,",
        "and what to do if not; ends with 1 if one does not."
      })
  private boolean check;

  @Override
  void check() {
    if (check && source != null) {
      throw wrongUsage("--check looks at all sources; leave out '%s'".formatted(source));
    }
  }

  @Override
  Optional<JsonNode> apart() {
    return check ? Optional.of(senses().here()) : Optional.empty();
  }

  private SensesCheck senses() {
    StateFolder state = program().state();
    return new SensesCheck(
        program().configuration(), state.extensions(), state.path(), program().clock());
  }

  @Override
  boolean isWell(JsonNode answer) {
    return !answer.path("checks").findValuesAsText("state").contains("fails");
  }

  @Override
  JsonNode ask(EdgeFile edge) {
    return check ? senses().of(edge.content(), object()) : super.ask(edge);
  }

  @Override
  JsonNode ask(NodeClient node) {
    if (check) {
      JsonNode latest = node.get("/api/readings", Map.of());
      return senses().of(node.get("/api/health", Map.of()), latest);
    }
    return selected(node.get("/api/readings", Map.of()));
  }

  /** Leaves what was asked for. */
  private JsonNode selected(JsonNode answer) {
    if (source == null) {
      return answer;
    }
    List<String> names = answer.path("readings").findValuesAsText("full_id");
    Predicate<SourceId> whole = SourcePattern.of(source);
    Predicate<SourceId> byId =
        SourcePattern.of("*:" + source).or(id -> id.node().filter(source::equals).isPresent());
    Predicate<SourceId> wanted = names.stream().map(SourceId::parse).anyMatch(whole) ? whole : byId;
    ArrayNode readings = object().putArray("readings");
    for (JsonNode reading : answer.path("readings")) {
      if (wanted.test(SourceId.parse(reading.path("full_id").asText()))) {
        readings.add(reading);
      }
    }
    if (readings.isEmpty()) {
      List<String> known = new ArrayList<>(names);
      known.addAll(spec.subcommands().keySet());
      throw UserError.ofUsage(
          "No source says anything that is '%s'%s"
              .formatted(source, NearestName.hint(source, known)));
    }
    ((ObjectNode) answer).set("readings", readings);
    return answer;
  }

  @Override
  JsonNode ask(Parts parts) {
    ObjectNode document = object().put("timestamp", parts.clock().instant().toString());
    ArrayNode readings = document.putArray("readings");
    Map<SourceId, Reading> latest = new TreeMap<>();
    parts.memory().readings().latest().forEach(last -> latest.put(last.source(), last));
    LiveReadings.of(parts.hub()).forEach(now -> latest.put(now.source(), now));
    for (Reading reading : latest.values()) {
      readings.add(form(reading));
    }
    return selected(document);
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    if (check) {
      SensesCheck.tell(answer, terminal);
      return;
    }
    Instant now = Instant.parse(answer.path("timestamp").asText());
    List<String> ids = answer.path("readings").findValuesAsText("full_id");
    int longest = ids.stream().mapToInt(String::length).max().orElse(0);
    int width = Math.max(NARROWEST, Math.min(WIDEST, longest));
    for (JsonNode reading : answer.path("readings")) {
      String name = reading.path("metadata").path("name").asText("");
      terminal.line(
          ("%-" + width + "s %14s  %s%s")
              .formatted(
                  reading.path("full_id").asText(),
                  shown(reading),
                  Age.of(Instant.parse(reading.path("timestamp").asText()), now),
                  (name.isEmpty() ? "" : "  " + name) + simulated(reading) + doubt(reading)));
    }
  }

  /** A reading as a node gives it over HTTP. */
  static ObjectNode form(Reading reading) {
    ObjectNode one = object().put("full_id", reading.source().toString());
    if (reading.value() instanceof ReadingValue.Quantity quantity) {
      one.put("value", quantity.number());
    } else if (reading.value() instanceof ReadingValue.Flag flag) {
      one.put("value", flag.on() ? 1 : 0);
    } else {
      one.put("value", reading.value().text());
    }
    one.put("unit", reading.unit()).put("timestamp", reading.time().toString());
    if (reading.quality() != Quality.GOOD) {
      one.put("quality", reading.quality().name().toLowerCase(Locale.ROOT));
    }
    one.set("metadata", JSON.valueToTree(reading.metadata()));
    return one;
  }

  /** Value and unit, as people read them. */
  static String shown(JsonNode reading) {
    String unit = reading.path("unit").asText();
    JsonNode value = reading.path("value");
    String shown =
        value.isNumber()
            ? new ReadingValue.Quantity(value.asDouble()).in(unit).text()
            : value.asText();
    return Units.with(shown, unit);
  }

  private static String simulated(JsonNode reading) {
    return reading.path("metadata").path("simulated").asText().equals("true") ? " (simulated)" : "";
  }

  private static String doubt(JsonNode reading) {
    String why = reading.path("metadata").path(Reading.DOUBT).asText("");
    return reading.path("quality").asText("good").equals("good")
        ? ""
        : " (uncertain" + (why.isEmpty() ? "" : ": " + why) + ")";
  }
}
