package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.agent.AgentConfig;
import io.smollama.readings.BridgeConfig;
import io.smollama.readings.TopicReading;
import io.smollama.readings.ValueForm;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigOfBridgeTest extends ConfigFixture {

  @Test
  void topicsAreReadWithAllTheyMaySay() throws IOException {
    BridgeConfig bridge =
        load("""
                bridge:
                  nodes: on
                  prefix: home
                  oldest: 7d
                  topics:
                    - {topic: "zigbee2mqtt/+", id: "{1}/temperature", pointer: /temperature, unit: celsius}
                    - topic: tele/+/SENSOR
                      id: "{1}/power"
                      pointer: /ENERGY/Power
                      unit: watt
                      type: number
                      time: /Time
                      stale_after: 10m
                      availability: {topic: "tele/{1}/LWT"}
                    - {topic: shellies/+/relay/0, id: "{1}/relay", type: flag}
                """)
            .config()
            .bridge();
    assertThat(bridge.nodes()).isEqualTo(BridgeConfig.Use.ON);
    assertThat(bridge.prefix()).contains("home");
    assertThat(bridge.oldest()).isEqualTo(Duration.ofDays(7));
    TopicReading power = bridge.topics().get(1);
    assertThat(power.staleAfter()).contains(Duration.ofMinutes(10));
    assertThat(power.availability()).contains(new TopicReading.Availability("tele/{1}/LWT"));
    assertThat(bridge.topics())
        .extracting(TopicReading::type)
        .isEqualTo(List.of(ValueForm.AUTO, ValueForm.NUMBER, ValueForm.FLAG));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{topic: a/+, id: '{2}'} | config.yaml line 1: The id '{2}' names {2}",
        "{topic: a} | config.yaml line 1: 'bridge.topics.id' is missing",
        "{topic: a, id: a, type: bool} | must be one of auto, number, flag, text, json",
        "{topic: a, id: a, pointer: x} | A JSON pointer begins with a slash",
        "{topic: a, id: a, avail: {topic: a}} | unknown key 'avail'",
        "{topic: 'a/+', id: a, availability: {topic: 'x{1}/LWT'}} | A topic filter has parts",
        "{topic: a, id: a}, {topic: a, id: a} | the same topic and id",
      })
  void mistakesAreNamedWithTheirPlace(String topics, String says) {
    assertThatThrownBy(() -> load("bridge: {topics: [" + topics + "]}"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(says);
  }

  @Test
  void whatTheDocsShowIsRead() throws IOException {
    String docs = SourceTree.read(SourceTree.ROOT.resolve("docs/edge.md"));
    List<MatchResult> blocks =
        Pattern.compile("```yaml\\n([\\s\\S]*?)```").matcher(docs).results().toList();
    assertThat(blocks).hasSize(2);
    assertThat(load(blocks.get(0).group(1)).config().agent().mode())
        .isEqualTo(AgentConfig.Mode.EDGE);
    assertThat(load(blocks.get(1).group(1)).config().bridge().topics())
        .hasSize(5)
        .last()
        .isEqualTo(TopicReading.whole("shellies/+/relay/0", "{1}/relay", ValueForm.FLAG));
  }

  @Test
  void edgeNodesAreHeardIfThereIsABroker() throws IOException {
    assertThat(providers("")).isEmpty();
    assertThat(providers("mqtt: {broker: localhost}")).containsExactly("edge");
    assertThat(providers("mqtt: {broker: localhost}\nbridge: {nodes: off}")).isEmpty();
    assertThat(providers("bridge: {nodes: on, topics: [{topic: a, id: a}]}"))
        .containsExactly("edge", "mqtt");
  }

  private List<String> providers(String yaml) throws IOException {
    return NodeBridge.open(new StateFolder(folder), load(yaml).config(), InstantSource.system())
        .providers()
        .stream()
        .map(provider -> provider.type())
        .toList();
  }

  @Test
  void anEdgeNodeOfSmollamaForPythonIsOneHere() throws IOException {
    AgentConfig agent =
        load("agent: {mode: edge, edge_publish_interval_seconds: 10}").config().agent();
    assertThat(agent.mode()).isEqualTo(AgentConfig.Mode.EDGE);
    assertThat(agent.edgePublishInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(load("agent: {mode: full}").config().agent().mode())
        .isEqualTo(AgentConfig.Mode.FULL);
    assertThatThrownBy(() -> load("agent: {edge_publish_interval: 0s}"))
        .hasMessageContaining("above 0");
    environment.put("SMOLLAMA_AGENT_MODE", "edge");
    environment.put("SMOLLAMA_AGENT_EDGE_PUBLISH_INTERVAL_SECONDS", "7");
    assertThat(load("").config().agent().edgePublishInterval()).isEqualTo(Duration.ofSeconds(7));
  }
}
