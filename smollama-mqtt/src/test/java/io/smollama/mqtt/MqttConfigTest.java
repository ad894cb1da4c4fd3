package io.smollama.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttConfigTest {
  @ParameterizedTest
  @CsvSource({
    "broker,                0,    tcp://broker:1883",
    "broker:1234,           0,    tcp://broker:1234",
    "broker,                1884, tcp://broker:1884",
    "tcp://192.168.1.7,     0,    tcp://192.168.1.7:1883",
    "mqtt://broker:99/,     0,    tcp://broker:99",
    "mqtts://broker,        0,    mqtts://broker:8883",
    "tls://[::1]:8884,      0,    mqtts://[::1]:8884",
  })
  void addressesAreReadAsPeopleWriteThem(String text, int port, String address) {
    assertThat(BrokerAddress.of(text, port)).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws://broker", "tcp://", "a b", "tcp://pi:secret@broker", "x:1:2"})
  void otherAddressesAreRefusedWithoutWhatMayBeAPassword(String text) {
    assertThatThrownBy(() -> MqttConfig.defaults().to(text))
        .hasMessageContaining("tcp://host:1883")
        .hasMessageNotContaining("secret");
  }

  @Test
  void thePasswordIsNotShown() {
    MqttConfig config = MqttConfig.defaults().to("broker").as("pi", "secret");
    assertThat(config).hasToString("MqttConfig[tcp://broker:1883, version 3, prefix smollama]");
    assertThat(config.password()).contains("secret");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 6})
  void thereAreTwoVersions(int version) {
    assertThatThrownBy(() -> MqttConfig.defaults().speaking(version))
        .hasMessageContaining("3 (MQTT 3.1.1) or 5");
  }
}
