package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Message;
import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicReadingsTest extends BridgeFixture {

  @Test
  void zigbee2MqttTellsSeveralValuesInOneMessage() {
    topics(
        TopicReading.of("zigbee2mqtt/+", "{1}/temperature", "/temperature", "celsius"),
        TopicReading.of("zigbee2mqtt/+", "{1}/contact", "/contact", "boolean"));
    say("zigbee2mqtt/hall", "{\"temperature\":21.3,\"contact\":false,\"linkquality\":90}");
    assertThat(told)
        .extracting(Reading::describe)
        .containsExactly("mqtt:hall/temperature 21.3 °C", "mqtt:hall/contact off");
    say("zigbee2mqtt/bridge/state", "{\"state\":\"online\"}");
    assertThat(told).hasSize(2);
  }

  @Test
  void tasmotaTellsItsTimeWithoutAnOffsetAndThatItIsGone() {
    TopicReading power =
        new TopicReading(
            "tele/+/SENSOR",
            "{1}/power",
            Optional.of("/ENERGY/Power"),
            Optional.of("watt"),
            ValueForm.NUMBER,
            Optional.of("/Time"),
            Optional.empty(),
            Optional.of(new TopicReading.Availability("tele/{1}/LWT")));
    MessageReadings provider = topics(power);
    say("tele/plug/SENSOR", "{\"Time\":\"2026-03-01T12:30:00\",\"ENERGY\":{\"Power\":\"42.5\"}}");
    assertThat(told).extracting(Reading::describe).containsExactly("mqtt:plug/power 42.5 W");
    assertThat(told.get(0).time()).isEqualTo(Instant.parse("2026-03-01T11:30:00Z"));
    keepSaying("tele/lamp/LWT", "Offline");
    assertThat(provider.readAll()).hasSize(1);
    keepSaying("tele/plug/LWT", "Offline");
    assertThat(provider.readAll()).isEmpty();
    keepSaying("tele/plug/LWT", "Online");
    assertThat(provider.readAll()).hasSize(1);
  }

  @Test
  void espHomeTellsPlainValues() {
    MessageReadings provider =
        topics(
            TopicReading.whole("+/sensor/+/state", "{1}/{2}", ValueForm.AUTO)
                .available("{1}/status"));
    say("greenhouse/sensor/humidity/state", "61.5");
    say("greenhouse/sensor/humidity/state", "nan");
    say("greenhouse/sensor/mode/state", "cooling");
    assertThat(told)
        .extracting(Reading::describe)
        .containsExactly("mqtt:greenhouse/humidity 61.5", "mqtt:greenhouse/mode cooling");
    assertThat(provider.says()).isEqualTo("1 with a number that is none");
    say("greenhouse/status", "{\"state\":\"offline\"}");
    assertThat(provider.readAll()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "FLAG, on, on", "FLAG, OFF, off", "FLAG, 1, on", "FLAG, closed, off", "FLAG, true, on",
    "NUMBER, ' 7.50 ', 7.5", "NUMBER, -1e3, -1000", "TEXT, 12, 12", "AUTO, 12, 12", "AUTO, on, on",
  })
  void aWholeMessageIsUnderstoodAsConfigured(ValueForm form, String payload, String text) {
    topics(TopicReading.whole("shellies/+/relay/0", "{1}/relay", form));
    say("shellies/lamp/relay/0", payload);
    assertThat(told).extracting(reading -> reading.value().text()).containsExactly(text);
    boolean number = told.get(0).value() instanceof ReadingValue.Quantity;
    assertThat(number)
        .isEqualTo(form == ValueForm.NUMBER || payload.equals("12") && form == ValueForm.AUTO);
  }

  @Test
  void aStructureIsKeptAsJsonAndTheRestOfATopicNamesIt() {
    topics(TopicReading.whole("home/#", "{1}", ValueForm.JSON));
    say("home/hall/lamp", "{ \"on\" : true }");
    assertThat(told).extracting(Reading::describe).containsExactly("mqtt:hall/lamp {\"on\":true}");
  }

  @Test
  void aValueThatTheBrokerKeptIsDoubtedUnlessItIsKnown() {
    bus.publish(Message.state("shellies/lamp/relay/0", "on"));
    MessageReadings provider =
        topics(TopicReading.whole("shellies/+/relay/0", "{1}/relay", ValueForm.FLAG));
    assertThat(told).extracting(Reading::quality).containsExactly(Quality.UNCERTAIN);
    clock.advance(Duration.ofMinutes(1));
    keepSaying("shellies/lamp/relay/0", "off");
    assertThat(told).extracting(Reading::quality).endsWith(Quality.GOOD);
    provider.close();
    told.clear();
    clock.advance(Duration.ofMinutes(1));
    MessageReadings again =
        topics(TopicReading.whole("shellies/+/relay/0", "{1}/relay", ValueForm.FLAG));
    assertThat(told).isEmpty();
    assertThat(again.readAll())
        .extracting(Reading::time)
        .containsExactly(clock.instant().minus(Duration.ofMinutes(1)));
  }

  @Test
  void ofADeviceThatSaysWhetherItIsThereWhatTheBrokerKeptCounts() {
    bus.publish(Message.state("pump/sensor/level/state", "12"));
    bus.publish(Message.state("tank/sensor/level/state", "80"));
    bus.publish(Message.state("tank/status", "offline"));
    bus.publish(Message.state("pump/status", "online"));
    MessageReadings provider =
        topics(
            TopicReading.whole("+/sensor/+/state", "{1}/{2}", ValueForm.AUTO)
                .available("{1}/status"));
    assertThat(told).extracting(Reading::describe).containsExactly("mqtt:pump/level 12");
    assertThat(told).extracting(Reading::quality).containsExactly(Quality.GOOD);
    keepSaying("tank/status", "online");
    assertThat(provider.readAll())
        .extracting(Reading::describe)
        .containsExactly("mqtt:pump/level 12", "mqtt:tank/level 80");
  }

  @Test
  void staleAfterIsConfigured() {
    TopicReading door =
        new TopicReading(
            "door",
            "door",
            Optional.empty(),
            Optional.empty(),
            ValueForm.FLAG,
            Optional.empty(),
            Optional.of(Duration.ofSeconds(30)),
            Optional.empty());
    MessageReadings provider = topics(door);
    say("door", "open");
    clock.advance(Duration.ofSeconds(31));
    assertThat(provider.states().get(0).condition()).isEqualTo(HeardState.Condition.STALE);
  }

  @ParameterizedTest
  @CsvSource({
    "home/+, {2}, /x, names {2}",
    "home/+, {0}, /x, names {0}",
    "home/#/door, door, /x, topic filter",
    "home/+, {1}, x, JSON pointer",
    "home/+, ' ', /x, empty",
  })
  void whatMakesNoSenseIsRefused(String topic, String id, String pointer, String says) {
    assertThatThrownBy(() -> TopicReading.of(topic, id, pointer, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }
}
