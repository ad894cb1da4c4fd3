package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigMistakesTest extends ConfigFixture {
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
        "gpio: {pins: [{pin: 1, name: a, pull: left}]} | one of none, up, down",
        "gpio: {pins: [{pin: 1, name: a, debounce: 1h}]} | debounce of GPIO pin 1 is 0s to 10s",
        "readings: {interval: 0s}     | above 0",
        "readings: {sources: [{source: temperature}]} | written type:id, with * for any characters",
        "readings: {sources: [{source: 'a:*', deadband: -1}]} | The deadband of a:* is 0 or more",
        "readings: {sources: [{source: 'a:*', dead_band: 1}]} | did you mean 'deadband'?",
        "readings: {bursts: [{interval: 9s, length: 2s}]} | The interval of a burst",
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
        "sync: {llama_url: 'mqtt:llama', token: a} | the broker decides who may ask",
        "mqtt: {broker: 'ws://x'}     | config.yaml line 1: A broker is written tcp://host:1883",
        "mqtt: {version: 4}           | mqtt.version is 3 (MQTT 3.1.1) or 5, was 4",
        "mqtt: {username: a, password: b, password_file: c} | not both",
        "mqtt: {broker: h, ca_file: c} | Certificates need an encrypted way",
        "mqtt: {prefix: 'a/#'}        | none of + and #",
        "sync: {sync_interval: 0s}    | interval is above zero",
        "sync: {readings: {every: 5s}} | sync.readings.every is at least 1m, was PT5S",
        "sync: {readings: {share: some}} | 'sync.readings.share' must be one of auto, none, rollups, all, was 'some'",
        "sync: {take: [dreams]}       | 'sync.take' must be one of rollups, readings, was 'dreams'",
        "sync: {scope: mine}          | 'sync.scope' must be one of all, own, was 'mine'",
        "sync: {lama_url: x}          | did you mean 'llama_url'?",
        "sync: {server: {prt: 1}}     | config.yaml line 1: unknown key 'prt' in 'sync.server'; did you mean 'port'?",
        "sync: {database: {url: 'mysql://x/y'}} | sync.database.url is written jdbc:postgresql://host/database, was 'mysql://x/y'",
        "sync: {database: {url: 'jdbc:postgresql://x/y?password=z'}} | stand in sync.database.user and sync.database.password",
        "sync: {database: {connections: 1}} | 2 to 100, was 1",
        "sync: {database: {password: a, password_file: b}} | not both",
        "sync: {server: {port: 70000}} | 0 (any free one) to 65535, was 70000",
        "openai: {base_ulr: x}        | unknown key 'base_ulr' in 'openai'; did you mean 'base_url'?",
        "openai: {base_url: 'ftp://x'} | An address is written http://host",
        "openai: {model: qwen3}       | openai.model is of no use without openai.base_url",
        "openai: {api_key: a}         | openai.api_key is of no use without openai.base_url",
        "openai: {base_url: h, api_key: a, api_key_file: b} | not both",
        "openai: {base_url: h, stall_timeout: 0s} | stall_timeout is above zero",
        "node: {name: x}}             | config.yaml line 1",
        "just words                   | a configuration is made of sections",
      })
  void isNamedWithFileLineKeyAndRemedy(String yaml, String message) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  @Test
  void ofARecordAsAWholeIsFoundOnTheLineOfItsKey() {
    assertThatThrownBy(() -> load("mqtt:\n  broker: h\n  username: u\n  port: -1\n"))
        .hasMessageContaining("config.yaml line 4: mqtt.port is 1 to 65535, was -1");
    assertThatThrownBy(() -> load("mqtt:\n  username: u\n  broker: 'ws://x'\n"))
        .hasMessageContaining("config.yaml line 3: A broker is written");
  }

  @Test
  void isFoundOnItsLine() {
    assertThatThrownBy(() -> load("node:\n  name: x\nmemory:\n  db_path: m\n  embeding_model: y\n"))
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
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
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
