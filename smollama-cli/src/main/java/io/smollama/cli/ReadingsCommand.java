package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.agent.Age;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.Units;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code smollama readings}: what the sensors say now. */
@Command(
    name = "readings",
    description = "Show what every source says now.",
    subcommands = {
      ReadingsHistoryCommand.class,
      ReadingsStatsCommand.class,
      ReadingsGapsCommand.class,
      ReadingsImportCommand.class,
      ReadingsExportCommand.class
    })
final class ReadingsCommand extends NodeCommand {

  @Override
  JsonNode ask(NodeClient node) {
    return node.get("/api/readings", Map.of());
  }

  @Override
  JsonNode ask(Parts parts) {
    ObjectNode document = object().put("timestamp", parts.clock().instant().toString());
    ArrayNode readings = document.putArray("readings");
    List<Reading> live = new ArrayList<>(LiveReadings.of(parts.hub()));
    live.sort(Comparator.comparing(Reading::source));
    for (Reading reading : live) {
      ObjectNode one = readings.addObject().put("full_id", reading.source().toString());
      if (reading.value() instanceof ReadingValue.Quantity quantity) {
        one.put("value", quantity.number());
      } else if (reading.value() instanceof ReadingValue.Flag flag) {
        one.put("value", flag.on() ? 1 : 0);
      } else {
        one.put("value", reading.value().text());
      }
      one.put("unit", reading.unit()).put("timestamp", reading.time().toString());
      one.set("metadata", JSON.valueToTree(reading.metadata()));
    }
    return document;
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    Instant now = Instant.parse(answer.path("timestamp").asText());
    for (JsonNode reading : answer.path("readings")) {
      String unit = reading.path("unit").asText();
      JsonNode value = reading.path("value");
      String shown =
          unit.equals(Units.BOOLEAN)
              ? new ReadingValue.Flag(value.asInt() != 0).text()
              : value.isNumber()
                  ? new ReadingValue.Quantity(value.asDouble()).text()
                  : value.asText();
      String name = reading.path("metadata").path("name").asText("");
      terminal.line(
          "%-26s %14s  %s%s"
              .formatted(
                  reading.path("full_id").asText(),
                  Units.with(shown, unit),
                  Age.of(Instant.parse(reading.path("timestamp").asText()), now),
                  name.isEmpty() ? "" : "  " + name + simulated(reading)));
    }
  }

  private static String simulated(JsonNode reading) {
    return reading.path("metadata").path("simulated").asText().equals("true") ? " (simulated)" : "";
  }
}
