package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.devices.DeviceConfig;
import io.smollama.devices.Devices;
import io.smollama.devices.Displays;
import io.smollama.readings.Conditioning;
import io.smollama.readings.HubConfig;
import io.smollama.readings.ProviderState;
import io.smollama.readings.ReadingHub;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether all that is configured to be sensed answers: asked of the node that runs, or tried here
 * with more patience than a node has. The memory is not opened for it. Immutable.
 */
record SensesCheck(NodeConfig config, Path extensions, Path disk, InstantSource clock) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A slow machine loads a native library and compiles before the first answer. */
  private static final HubConfig PATIENT =
      new HubConfig(Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(60));

  /** Reads everything once, and shows it on the displays. */
  ObjectNode here() {
    Logging.leaveOut(ReadingHub.class.getPackageName() + ".ProviderHealth");
    Logging.leaveOut(Displays.class.getPackageName() + ".DisplayLane");
    try (Extensions found = Extensions.find(config.extensions(), extensions);
        ReadingHub hub =
            new ReadingHub(
                PATIENT, clock, System::nanoTime, new Conditioning(config.readings().sources()))) {
      NodeProviders.register(
          hub, config, disk, Optional.of(NodePins.of(config.gpio(), clock)), found, clock);
      List<Reading> readings = hub.readAll();
      ObjectNode document = document();
      for (ProviderState state : hub.states()) {
        ObjectNode one = add(document, state.type());
        if (state.health() == ProviderState.Health.OK) {
          one.put("state", "ok");
          readings.stream()
              .filter(reading -> reading.source().type().equals(state.type()))
              .forEach(reading -> put(one, ReadingsCommand.form(reading)));
        } else {
          one.put("state", "fails")
              .put("reason", PartsHealth.withoutName(state.type(), state.lastError()));
        }
      }
      shown(readings).forEach(display -> put(document, display));
      return document;
    }
  }

  private List<Displays.State> shown(List<Reading> readings) {
    Displays displays = Devices.ofThisMachine(config.devices(), clock, System::nanoTime).displays();
    displays.take(readings);
    displays.close(); // ends when all is written
    return displays.states();
  }

  private void put(ObjectNode document, Displays.State display) {
    ObjectNode one = add(document, display.name());
    if (display.failure().isEmpty()) {
      one.put("state", "ok").put("says", String.join(" | ", display.shown()));
    } else {
      one.put("state", "fails")
          .put("reason", PartsHealth.withoutName(display.name(), display.failure()));
    }
  }

  /**
   * What a running node says of its parts, and of what they said last.
   *
   * @param latest readings; an edge node gives none
   */
  ObjectNode of(JsonNode health, JsonNode latest) {
    ObjectNode document = document();
    Predicate<String> sensed =
        name ->
            List.of("system", "gpio").contains(name)
                || device(name)
                || config.extensions().sections().containsKey(name);
    for (Map.Entry<String, JsonNode> part : health.path("components").properties()) {
      if (sensed.test(part.getKey())) {
        ObjectNode one = add(document, part.getKey());
        boolean ok = part.getValue().path("state").asText().equals("ok");
        String says = part.getValue().path("says").asText();
        one.put("state", ok ? "ok" : "fails");
        if (!ok || !measures(part.getKey())) {
          one.put(ok ? "says" : "reason", says);
          continue;
        }
        for (JsonNode reading : latest.path("readings")) {
          SourceId source = SourceId.parse(reading.path("full_id").asText());
          if (source.type().equals(part.getKey())) {
            put(one, reading);
          }
        }
        if (!one.has("readings")) {
          one.put("says", says);
        }
      }
    }
    unknownToTheNode(document);
    return document;
  }

  /** The file may name what the node did not know when it started. */
  private void unknownToTheNode(ObjectNode document) {
    List<String> known = document.path("checks").findValuesAsText("provider");
    for (DeviceConfig device : config.devices().devices()) {
      if (!known.contains(device.name())) {
        add(document, device.name())
            .put("state", "fails")
            .put("reason", "the node that runs does not know it. Start it again");
      }
    }
  }

  private ObjectNode document() {
    ObjectNode document = JSON.createObjectNode().put("timestamp", clock.instant().toString());
    document.putArray("checks");
    return document;
  }

  private ObjectNode add(ObjectNode document, String name) {
    ObjectNode one = ((ArrayNode) document.get("checks")).addObject().put("provider", name);
    config.devices().devices().stream()
        .filter(device -> device.name().equals(name))
        .forEach(device -> one.put("device", device.describe()));
    return one;
  }

  private boolean device(String name) {
    return config.devices().devices().stream().anyMatch(device -> device.name().equals(name));
  }

  private boolean measures(String name) {
    return config.devices().devices().stream()
        .allMatch(device -> device.measures() || !device.name().equals(name));
  }

  private static void put(ObjectNode one, JsonNode reading) {
    one.withArray("readings").add(reading);
  }

  /** One line of each, for people. */
  static void tell(JsonNode answer, Terminal terminal) {
    int name = width(answer, "provider");
    int device = width(answer, "device");
    for (JsonNode one : answer.path("checks")) {
      String form = "%-" + name + "s  " + (device > 0 ? "%-" + device + "s  " : "%s") + "%-5s  %s";
      String description = one.path("device").asText("");
      String what = one.path("reason").asText(one.path("says").asText(""));
      terminal.line(
          form.formatted(
                  one.path("provider").asText(),
                  description,
                  one.path("state").asText(),
                  what.isEmpty() ? values(one) : withoutPlace(description, what))
              .stripTrailing());
    }
  }

  /** Driver and place stand in front, and since when is of no use to whoever mends it. */
  private static String withoutPlace(String description, String what) {
    int at = description.isEmpty() ? -1 : what.indexOf(description + ": ");
    return at < 0 ? what : what.substring(at + description.length() + 2);
  }

  private static String values(JsonNode one) {
    List<String> values = new ArrayList<>();
    for (JsonNode reading : one.path("readings")) {
      String id = SourceId.parse(reading.path("full_id").asText()).id();
      String doubt = reading.path("metadata").path(Reading.DOUBT).asText("");
      values.add(
          id
              + " "
              + ReadingsCommand.shown(reading)
              + (doubt.isEmpty() ? "" : " (uncertain: " + doubt + ")"));
    }
    return values.isEmpty() ? "nothing yet" : String.join(", ", values);
  }

  private static int width(JsonNode answer, String field) {
    return answer.path("checks").findValuesAsText(field).stream()
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }
}
