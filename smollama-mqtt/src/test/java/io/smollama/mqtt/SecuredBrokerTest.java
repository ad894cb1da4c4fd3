package io.smollama.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smollama.core.MessageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers that do not let everybody in. */
class SecuredBrokerTest {
  @TempDir Path folder;
  private Mosquitto broker;

  @AfterEach
  void end() {
    if (broker != null) {
      broker.close();
    }
  }

  private MqttMessageBus bus(MqttConfig config) {
    return MqttMessageBus.open(
        config, "kitchen", folder.resolve("outbox.sqlite"), InstantSource.system());
  }

  private void run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.onExit().join().exitValue()).as(said).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void aWrongPasswordIsSaidAndTriedAgain(int version) throws Exception {
    Files.createFile(folder.resolve("passwords"));
    broker =
        Mosquitto.in(
            folder, "allow_anonymous false", "password_file " + folder.resolve("passwords"));
    run("mosquitto_passwd", "-b", "passwords", "pi", "right");
    broker.start();
    try (MqttMessageBus bus = bus(broker.config().speaking(version).as("pi", "wrong"))) {
      bus.start();
      Await.that("it says why", () -> bus.state().says().contains("mqtt.password"));
      assertThat(bus.state().connected()).isFalse();
      assertThat(bus.state().says())
          .startsWith("tcp://127.0.0.1:" + broker.port() + ": the broker does not take")
          .doesNotContain("wrong");
    }
    try (MqttMessageBus bus = bus(broker.config().speaking(version).as("pi", "right"))) {
      Await.connected(bus);
    }
  }

  @Test
  void certificatesShowEachSideWhoTheOtherIs() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "no openssl is installed");
    certificates();
    broker =
        Mosquitto.in(
            folder,
            "cafile " + folder.resolve("ca.crt"),
            "certfile " + folder.resolve("server.crt"),
            "keyfile " + folder.resolve("server.key"),
            "require_certificate true");
    broker.start();
    String address = "mqtts://127.0.0.1:" + broker.port();
    try (MqttMessageBus bus = bus(secured(address, true))) {
      Await.connected(bus);
    }
    try (MqttMessageBus bus = bus(secured(address, false))) {
      bus.start();
      Await.that("it is turned away", () -> bus.state().says().contains("not connected since"));
    }
    try (MqttMessageBus bus = bus(MqttConfig.defaults().to(address))) {
      bus.start();
      Await.that("it trusts nobody", () -> bus.state().says().contains("mqtt.ca_file"));
    }
  }

  /** A made-up authority, and what it vouches for. */
  private void certificates() throws IOException {
    String ca = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ours";
    run((ca + " -keyout ca.key -out ca.crt").split(" "));
    Files.writeString(folder.resolve("names"), "subjectAltName=IP:127.0.0.1\n");
    for (String who : new String[] {"server", "node"}) {
      String ask =
          "openssl req -newkey rsa:2048 -nodes -subj /CN=%1$s -keyout %1$s.key -out %1$s.csr";
      run(ask.formatted(who).split(" "));
      String sign =
          "openssl x509 -req -in %1$s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2"
              + " -extfile names -out %1$s.crt";
      run(sign.formatted(who).split(" "));
    }
  }

  private MqttConfig secured(String address, boolean withIdentity) {
    Optional<Path> none = Optional.empty();
    return new MqttConfig(
        Optional.of(address),
        0,
        Optional.empty(),
        Optional.empty(),
        none,
        Optional.empty(),
        3,
        "smollama",
        Optional.of(folder.resolve("ca.crt")),
        withIdentity ? Optional.of(folder.resolve("node.crt")) : none,
        withIdentity ? Optional.of(folder.resolve("node.key")) : none);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> bus(secured("mqtts://127.0.0.1:1", true)))
        .isInstanceOf(MessageException.class)
        .hasMessageContaining("ca.crt")
        .hasMessageContaining("mqtt.ca_file")
        .hasMessageContaining("there is none");
  }
}
