package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.dashboard.PartHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edge node and a whole one, with a real broker between them. */
class EdgeNodeTest {
  private static final String UPTIME = "edge:kitchen-pi/system:uptime";

  @TempDir Path folder;
  private TestBroker broker;

  @BeforeEach
  void startBroker() throws IOException {
    broker = TestBroker.in(folder).start();
  }

  @AfterEach
  void stopBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  private EdgeNode edge(String... more) {
    Path home = folder.resolve("edge");
    List<String> flags =
        Stream.concat(
                Stream.of(
                    "node.name=kitchen-pi",
                    "agent.mode=edge",
                    "agent.edge_publish_interval=200ms",
                    "mqtt.broker=" + broker.address()),
                Stream.of(more))
            .toList();
    NodeConfig config =
        new ConfigLoader(home, home, Map.of()).load(Optional.empty(), flags).config();
    StateFolder state = new StateFolder(home);
    state.prepare();
    return EdgeNode.start(state, config, InstantSource.system());
  }

  private SharingNode hub() {
    return SharingNode.start(
        folder.resolve("hub"), "hub", "mqtt.broker=" + broker.address(), "readings.interval=200ms");
  }

  private static void await(String what, BooleanSupplier done) {
    long start = System.nanoTime();
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime() - start).as(what).isLessThan(TimeUnit.SECONDS.toNanos(60));
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static List<Reading> ofEdge(SharingNode hub) {
    return hub.parts().memory().readings().latest().stream()
        .filter(reading -> reading.source().type().equals("edge"))
        .toList();
  }

  private static String says(SharingNode hub) {
    PartsHealth health = hub.parts().health();
    return health.now(health.modelNotAsked()).stream()
        .filter(part -> part.part().equals("edge"))
        .map(PartHealth::says)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatAnEdgeNodeSensesIsRememberedByAnother() {
    try (SharingNode hub = hub()) {
      EdgeNode edge = edge("gpio.mock=true", "readings.interval=1h");
      assertThat(edge.topic()).isEqualTo("smollama/kitchen-pi/readings");
      await("readings of the edge node", () -> ofEdge(hub).size() >= 5);
      assertThat(ofEdge(hub))
          .allMatch(reading -> reading.source().id().matches("kitchen-pi/(system|gpio):.*"))
          .allMatch(
              reading ->
                  reading.value() instanceof ReadingValue.Flag
                      == reading.source().id().contains("gpio"));
      assertThat(says(hub)).contains("of 1 node").doesNotContain("offline", "not taken");
      edge.close();
      await("the farewell of the edge node", () -> says(hub).contains("offline"));
    }
    assertThat(folder.resolve("edge/outbox.sqlite")).exists();
    assertThat(folder.resolve("edge/memory.sqlite")).doesNotExist();
    assertThat(folder.resolve("edge/journal.sqlite")).doesNotExist();
  }

  @Test
  void lastValuesAreThereAfterARestartThoughTheEdgeNodeIsNot() throws Exception {
    int remembered;
    int own;
    try (SharingNode hub = hub()) {
      EdgeNode edge = edge();
      await("readings of the edge node", () -> ofEdge(hub).size() >= 5);
      edge.close();
      await("the farewell of the edge node", () -> says(hub).contains("offline"));
      remembered = history(hub, UPTIME);
      own = history(hub, "system:uptime");
    }
    broker.stop();
    assertThat(Files.readString(folder.resolve("hub/heard-edge.jsonl"))).contains("kitchen-pi");
    try (SharingNode again = hub()) {
      List<Reading> known =
          again.parts().hub().readAll().stream()
              .filter(reading -> reading.source().type().equals("edge"))
              .toList();
      assertThat(known).hasSizeGreaterThanOrEqualTo(5);
      assertThat(says(again)).contains("of 1 node");
      await("samples of this node", () -> history(again, "system:uptime") > own + 2);
      assertThat(history(again, UPTIME)).isEqualTo(remembered);
    }
  }

  private static int history(SharingNode hub, String source) {
    return hub.parts()
        .memory()
        .readings()
        .range(SourceId.parse(source), Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"), 10_000)
        .size();
  }

  @Test
  void withAnOutboxNothingIsLostWhileTheBrokerIsAway() throws Exception {
    try (SharingNode hub = hub();
        EdgeNode edge = edge("agent.edge_outbox=true")) {
      await("readings of the edge node", () -> ofEdge(hub).size() >= 5);
      broker.stop();
      Instant away = InstantSource.system().instant();
      await(
          "batches that wait",
          () ->
              edge.health().stream()
                  .anyMatch(part -> part.says().matches(".* ([3-9]|\\d\\d) waiting.*")));
      Instant back = InstantSource.system().instant();
      broker.start();
      SourceId uptime = SourceId.parse(UPTIME);
      await(
          "what was sensed meanwhile",
          () -> hub.parts().memory().readings().range(uptime, away, back, 100).size() >= 3);
      await(
          "an empty outbox",
          () -> edge.health().stream().noneMatch(part -> part.says().contains("waiting")));
    }
  }

  @Test
  void withoutABrokerToTalkToItSaysWhatToSet() {
    assertThatThrownBy(() -> edge("mqtt.broker="))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("mqtt.broker");
  }

  @Test
  void aMessageOfAnyDeviceIsAReadingOfAWholeNode() throws Exception {
    Path home = Files.createDirectories(folder.resolve("hub"));
    Files.writeString(
        home.resolve("config.yaml"),
        """
        bridge:
          topics:
            - {topic: "zigbee2mqtt/+", id: "{1}/temperature", pointer: /temperature, unit: celsius}
        """);
    try (SharingNode hub = hub()) {
      hub.parts()
          .messages()
          .bus()
          .publish(io.smollama.core.Message.event("zigbee2mqtt/hall", "{\"temperature\":21.5}"));
      await(
          "the reading",
          () ->
              hub.parts().memory().readings().latest().stream()
                  .anyMatch(r -> r.describe().equals("mqtt:hall/temperature 21.5 °C")));
    }
  }

  @Test
  void devicesOfAnEdgeNodeAreSetRightThere() throws IOException {
    Path hwmon = Files.createDirectories(folder.resolve("hwmon1"));
    Files.writeString(hwmon.resolve("temp1_input"), "42500\n");
    Files.createDirectories(folder.resolve("edge"));
    Files.writeString(
        folder.resolve("edge/config.yaml"),
        """
        devices: [{name: board, driver: hwmon, path: %s}, {name: balcony, driver: bme280, bus: 250}]
        readings: {sources: [{source: "board:*", offset: -1}]}
        """
            .formatted(hwmon));
    try (SharingNode hub = hub();
        EdgeNode edge = edge()) {
      await(
          "the device of the edge node",
          () ->
              ofEdge(hub).stream()
                  .anyMatch(r -> r.describe().equals("edge:kitchen-pi/board:temperature 41.5 °C")));
      assertThat(edge.health())
          .filteredOn(part -> part.part().equals("balcony"))
          .singleElement()
          .satisfies(part -> assertThat(part.says()).contains("there is no bus /dev/i2c-250"));
    }
  }
}
