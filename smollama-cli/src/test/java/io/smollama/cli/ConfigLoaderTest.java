package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.dashboard.SyncServerConfig;
import io.smollama.readings.GpioPin;
import io.smollama.readings.PinMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

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
  class Sharing {
    @Test
    void isOffUntilAServerIsNamed() throws IOException {
      SyncConfig config = load("").config().sync();
      assertThat(config.address()).isEmpty();
      assertThat(config.meeting().streams()).containsExactlyInAnyOrder(0, 1);
      assertThat(config.server()).isEqualTo(new SyncServerConfig("0.0.0.0", 8090, 200));
      assertThat(load("sync: {enabled: no, llama_url: 'http://llama'}").config().sync().address())
          .isEmpty();
    }

    @Test
    void isSetByVariablesToo() {
      NodeConfig config =
          with(
              Map.of(
                  "SMOLLAMA_NODE_ROLE", "llama",
                  "SMOLLAMA_SYNC_LLAMA_URL", "https://llama.example/garden",
                  "SMOLLAMA_SYNC_TOKEN", "smol_x",
                  "SMOLLAMA_SYNC_SYNC_INTERVAL", "2",
                  "SMOLLAMA_SYNC_TAKE", "rollups, readings",
                  "SMOLLAMA_SYNC_SERVER_HOST", "::1",
                  "SMOLLAMA_SYNC_SERVER_PORT", "9000",
                  "SMOLLAMA_SYNC_SERVER_MEGABYTES_PER_DAY", "7"));
      assertThat(config.node().role()).isEqualTo(NodeConfig.Role.LLAMA);
      assertThat(config.sync().address()).contains(URI.create("https://llama.example/garden"));
      assertThat(config.sync().token()).contains("smol_x");
      assertThat(config.sync().syncInterval()).isEqualTo(Duration.ofMinutes(2));
      assertThat(config.sync().meeting().streams()).containsExactlyInAnyOrder(0, 1, 2, 3);
      assertThat(config.sync().server()).isEqualTo(new SyncServerConfig("::1", 9000, 7));
      assertThat(config.toString()).doesNotContain("smol_x");
    }

    @Test
    void takesAnIntervalWithItsUnit() throws IOException {
      assertThat(load("sync: {sync_interval: 30s}").config().sync().syncInterval())
          .isEqualTo(Duration.ofSeconds(30));
      assertThat(with(Map.of("SMOLLAMA_SYNC_SYNC_INTERVAL", "30s")).sync().syncInterval())
          .isEqualTo(Duration.ofSeconds(30));
    }

    private NodeConfig with(Map<String, String> environment) {
      return new ConfigLoader(folder, folder, environment)
          .load(Optional.empty(), List.of())
          .config();
    }

    @ParameterizedTest
    @CsvSource({
      "http://llama.example.org, true",
      "http://203.0.113.7:8090, true",
      "http://[2001:db8::1]:8090, true",
      "http://172.32.0.1, true",
      "https://llama.example.org, false",
      "http://llama:8090, false",
      "http://llama.local, false",
      "http://192.168.1.7, false",
      "http://10.0.0.7, false",
      "http://172.16.0.1, false",
      "http://[fd00::1], false",
      "http://[::1]:8090, false",
      "http://127.0.0.1:8090, false",
    })
    void tellsPlainHttpToTheWideWorld(URI address, boolean inClear) {
      assertThat(PublicAddress.isPlainHttpTo(address)).isEqualTo(inClear);
    }
  }

  @Nested
  class WhatIsWrong {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "node: {nam: x}               | config.yaml line 1: unknown key 'nam' in 'node'; did you mean 'name'?",
          "nod: {name: x}               | config.yaml line 1: unknown key 'nod'; did you mean 'node'?",
          "mqtt: {brokr: x}             | config.yaml line 1: unknown key 'brokr' in 'mqtt'; did you mean 'broker'?",
          "mqtt: {topics: {subscrib: []}} | unknown key 'subscrib' in 'mqtt.topics'; did you mean 'subscribe'?",
          "plugins: {builtin: {sistem: {}}} | unknown key 'sistem' in 'plugins.builtin'; did you mean 'system'?",
          "memory: {observation_intervall_minutes: 5} | did you mean 'observation_interval_minutes'?",
          "dashboard: {port: eighty}    | config.yaml line 1: 'dashboard.port' must be a whole number, was 'eighty'",
          "dashboard: [1]               | 'dashboard' must be a section, was a list",
          "gpio: {mock: maybe}          | 'gpio.mock' must be true or false, was 'maybe'",
          "gpio: {pins: 17}             | 'gpio.pins' must be a list, was '17'",
          "gpio: {pins: [{name: x}]}    | 'gpio.pins.pin' is missing",
          "gpio: {pins: [{pin: 1, name: x, mode: sideways}]} | one of input, output",
          "gpio: {pins: [{pin: 1, name: a}, {pin: 1, name: b}]} | 1",
          "memory: {observation_interval: soon} | a time such as 30s, 15m, 2h or 7d",
          "mqtt: {port: x}              | 'mqtt.port' must be a whole number",
          "agent: quick                 | 'agent' must be a section",
          "ollama: {keep_alive: often}  | keep_alive",
          "node: {name: a b}            | no blanks",
          "node: {role: boss}           | 'node.role' must be one of node, llama, was 'boss'",
          "sync: {llama_url: llama}     | config.yaml line 1: A Llama server's address is written http://host:port",
          "sync: {llama_url: 'http://a b'} | A Llama server's address is written",
          "sync: {token: 'a b'}         | A token has no blanks",
          "sync: {token: a, token_file: b} | not both",
          "sync: {sync_interval: 0s}    | interval is above zero",
          "sync: {take: [dreams]}       | 'sync.take' must be one of rollups, readings, was 'dreams'",
          "sync: {lama_url: x}          | did you mean 'llama_url'?",
          "sync: {server: {prt: 1}}     | config.yaml line 1: unknown key 'prt' in 'sync.server'; did you mean 'port'?",
          "sync: {server: {port: 70000}} | 0 (any free one) to 65535, was 70000",
          "node: {name: x}}             | config.yaml line 1",
          "just words                   | a configuration is made of sections",
        })
    void isNamedWithFileLineKeyAndRemedy(String yaml, String message) {
      assertThatThrownBy(() -> load(yaml))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(message);
    }

    @Test
    void isFoundOnItsLine() {
      assertThatThrownBy(
              () -> load("node:\n  name: x\nmemory:\n  db_path: m\n  embeding_model: y\n"))
          .hasMessage(
              "%s line 5: unknown key 'embeding_model' in 'memory'; did you mean 'embedding_model'?"
                  .formatted(folder.resolve("config.yaml")));
    }

    @Test
    void aSectionIsFoundOnTheLineOfItsKey() {
      assertThatThrownBy(() -> load("# c\n\ndashbord:\n\n\n  port: 8080\n"))
          .hasMessageContaining("line 3: unknown key 'dashbord'");
    }

    @Test
    void aMisspeltKeyIsNamedBeforeTheOneThatIsMissing() {
      assertThatThrownBy(() -> load("gpio: {pins: [{pin: 17, nmae: motion}]}"))
          .hasMessageContaining("unknown key 'nmae' in 'gpio.pins'; did you mean 'name'?");
    }

    @Test
    void aFolderOrRubbishInsteadOfAFileIsNamed() throws IOException {
      ConfigLoader loader = new ConfigLoader(folder, folder, Map.of());
      assertThatThrownBy(() -> loader.load(Optional.of(folder), List.of()))
          .hasMessageContaining("is a folder");
      Path latin =
          Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
      assertThatThrownBy(() -> loader.load(Optional.of(latin), List.of()))
          .hasMessageContaining("latin.yaml: is not UTF-8 text");
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
      assertThatThrownBy(() -> load("node:\n  name: a\n  name: b\n"))
          .hasMessageContaining("stands twice");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
      ConfigLoader loader = new ConfigLoader(folder, folder, Map.of());
      assertThatThrownBy(() -> loader.load(Optional.of(folder.resolve("nope.yaml")), List.of()))
          .hasMessageContaining("nope.yaml: there is no such configuration file");
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

  private ConfigLoader.Loaded load() {
    return new ConfigLoader(folder, folder, environment).load(Optional.empty(), List.of());
  }

  private ConfigLoader.Loaded load(String yaml) throws IOException {
    Files.writeString(folder.resolve("config.yaml"), yaml);
    return load();
  }
}
