package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.readings.GpioPin;
import io.smollama.readings.PinMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConfigLoaderTest extends ConfigFixture {
  @Test
  void withoutAnythingTheDefaultsHold() {
    assertThat(load().config()).isEqualTo(NodeConfig.defaults());
    assertThat(load().config().node().name()).isEqualTo("smollama-node");
    assertThat(load().config().ollama().address()).hasToString("http://127.0.0.1:11434");
  }

  @Nested
  class PythonsConfiguration {
    @Test
    void ofItsReadmeIsRead() throws IOException {
      NodeConfig config =
          load("""
                  node:
                    name: "pi-living-room"
                  ollama:
                    base_url: "http://192.168.1.50:11434"
                    model: "llama3.2:1b"
                  mqtt:
                    broker: "192.168.1.100"
                    port: 1883
                    topics:
                      subscribe:
                        - "home/+/events"
                      publish_prefix: "home/living-room"
                  gpio:
                    mock: true
                    pins:
                      - pin: 17
                        name: "motion_sensor"
                        mode: "input"
                      - pin: 18
                        name: "led_status"
                        mode: "output"
                  memory:
                    db_path: "~/.smollama/memory.db"
                    embedding_provider: "ollama"
                    embedding_model: "all-minilm:l6-v2"
                    observation_enabled: true
                    observation_interval_minutes: 20
                    observation_lookback_minutes: 90
                    sensor_log_retention_days: 30
                  sync:
                    enabled: true
                    llama_url: "http://llama-node:8080"
                    sync_interval_minutes: 5
                    retry_max_attempts: 3
                    batch_size: 100
                    crdt_db_path: "~/.smollama/sync.db"
                  """)
              .config();
      assertThat(config.node().name()).isEqualTo("pi-living-room");
      assertThat(config.ollama().address()).hasToString("http://192.168.1.50:11434");
      assertThat(config.ollama().model()).contains("llama3.2:1b");
      assertThat(config.gpio().pins())
          .containsExactly(
              new GpioPin(17, "motion_sensor", PinMode.INPUT),
              new GpioPin(18, "led_status", PinMode.OUTPUT));
      assertThat(config.memory().observationInterval()).isEqualTo(Duration.ofMinutes(20));
      assertThat(config.memory().sensorLogRetention()).isEqualTo(Duration.ofDays(30));
      assertThat(config.memory().dbPath())
          .contains(Path.of(System.getProperty("user.home"), ".smollama/memory.db"));
      assertThat(config.sync().address()).contains(URI.create("http://llama-node:8080"));
      assertThat(config.sync().syncInterval()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void withPluginsIsRead() throws IOException {
      ConfigLoader.Loaded loaded =
          load(
              """
              ollama:
                host: "192.168.1.7"
                port: 11500
                model: "gemma4:e2b"
                keep_alive: "-1"
              plugins:
                paths: []
                builtin:
                  gpio:
                    enabled: true
                    config:
                      mock: true
                      pins:
                        - pin: 27
                          name: "door_switch"
                  system:
                    enabled: true
                    config: {}
                  hcsr04:
                    enabled: false
                    config: {trig_pin: 23}
                custom: []
              agent:
                mode: "edge"
                edge_publish_interval_seconds: 30
                system_prompt: |
                  You are a home automation assistant.
                ollama_retry_backoff_seconds: 2.0
              mem0:
                enabled: false
              discovery:
                enabled: false
              """);
      assertThat(loaded.config().ollama().address()).hasToString("http://192.168.1.7:11500");
      assertThat(loaded.config().ollama().keepAlive()).isEqualTo("-1");
      assertThat(loaded.config().gpio().mock()).isTrue();
      assertThat(loaded.config().gpio().pins())
          .containsExactly(new GpioPin(27, "door_switch", PinMode.INPUT));
      assertThat(loaded.notes())
          .containsExactly(
              "Not used by this version yet: settings in agent, discovery, mem0, plugins");
    }
  }

  @Nested
  class Layers {
    @Test
    void environmentGoesOverTheFileAndFlagsOverBoth() throws IOException {
      Files.writeString(
          folder.resolve("config.yaml"), "node: {name: file}\ndashboard: {port: 1}\n");
      environment.put("SMOLLAMA_NODE_NAME", "environment");
      environment.put("SMOLLAMA_DASHBOARD_PORT", "2");
      assertThat(load().config().node().name()).isEqualTo("environment");
      assertThat(load("dashboard.port=3").config().dashboard().port()).isEqualTo(3);
      assertThat(load("dashboard.port=3").config().node().name()).isEqualTo("environment");
    }

    @Test
    void pythonsVariablesAreKnown() throws IOException {
      environment.put("SMOLLAMA_OLLAMA_HOST", "10.0.0.9");
      environment.put("SMOLLAMA_MEMORY_OBSERVATION_INTERVAL", "7");
      environment.put("SMOLLAMA_MQTT_BROKER", "mqtt.local");
      environment.put("SMOLLAMA_GPIO_MOCK", "true");
      Files.writeString(folder.resolve("config.yaml"), "ollama: {base_url: 'http://elsewhere:1'}");
      ConfigLoader.Loaded loaded = load();
      assertThat(loaded.config().ollama().address()).hasToString("http://10.0.0.9:11434");
      assertThat(loaded.config().memory().observationInterval()).isEqualTo(Duration.ofMinutes(7));
      assertThat(loaded.config().gpio().mock()).isTrue();
    }

    @Test
    void aWrongVariableIsNamed() {
      environment.put("SMOLLAMA_DASHBOARD_PORT", "many");
      assertThatThrownBy(() -> load())
          .hasMessageStartingWith("environment variable SMOLLAMA_DASHBOARD_PORT: 'dashboard.port'");
    }

    @Test
    void anUnknownVariableIsNotedWithTheNearest() {
      environment.put("SMOLLAMA_NODE_NAM", "x");
      environment.put("SMOLLAMA_HOME", "/somewhere");
      assertThat(load().notes())
          .containsExactly(
              "The environment variable SMOLLAMA_NODE_NAM is no setting; did you mean 'SMOLLAMA_NODE_NAME'?");
    }

    @Test
    void ollamasOwnVariableIsTheLastResort() {
      environment.put("OLLAMA_HOST", "pi5:9000");
      assertThat(load().config().ollama().address()).hasToString("http://pi5:9000");
      environment.put("SMOLLAMA_OLLAMA_HOST", "pi4");
      assertThat(load().config().ollama().address()).hasToString("http://pi4:11434");
    }

    @Test
    void aLocalFileLiesOverTheFileBesideIt() throws IOException {
      Files.writeString(folder.resolve("config.yaml"), "node: {name: a}\ndashboard: {port: 1}\n");
      Files.writeString(folder.resolve("config.local.yaml"), "node: {name: b}\n");
      assertThat(load().config().node().name()).isEqualTo("b");
      assertThat(load().config().dashboard().port()).isEqualTo(1);
    }

    @Test
    void theWorkingFolderGoesBeforeTheStateFolder() throws IOException {
      Path state = Files.createDirectory(folder.resolve("state"));
      Files.writeString(state.resolve("config.yaml"), "node: {name: state}\n");
      ConfigLoader loader = new ConfigLoader(folder, state, Map.of());
      assertThat(loader.load(Optional.empty(), List.of()).config().node().name())
          .isEqualTo("state");
      Files.writeString(folder.resolve("config.yml"), "node: {name: here}\n");
      assertThat(loader.load(Optional.empty(), List.of()).config().node().name()).isEqualTo("here");
    }

    private ConfigLoader.Loaded load(String... flags) {
      return new ConfigLoader(folder, folder, environment).load(Optional.empty(), List.of(flags));
    }
  }
}
