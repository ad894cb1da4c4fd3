package io.smollama.mqtt;

import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The section {@code mqtt} of the configuration: which broker messages go through. Immutable.
 *
 * @param broker {@code tcp://host:1883}, {@code mqtts://host:8883} for TLS, or a host; empty for no
 *     broker, then messages stay within the process
 * @param port for a broker without one; 0 for the usual one
 * @param username who the broker knows this node as; empty for nobody
 * @param password of that user
 * @param passwordFile a file with the password on its first line
 * @param clientId how the broker tells nodes apart; empty for one made of the node's name
 * @param version 3 for MQTT 3.1.1, which every broker speaks, or 5
 * @param prefix what the topics of Smollama begin with
 * @param caFile certificates, as PEM, of whom to trust instead of whom this machine trusts
 * @param clientCert this node's certificate, as PEM, with those that vouch for it
 * @param clientKey the key of that certificate, as PEM in PKCS#8
 */
public record MqttConfig(
    Optional<String> broker,
    int port,
    Optional<String> username,
    Optional<String> password,
    Optional<Path> passwordFile,
    Optional<String> clientId,
    int version,
    String prefix,
    Optional<Path> caFile,
    Optional<Path> clientCert,
    Optional<Path> clientKey) {
  private static final int LONGEST_PREFIX = 200;

  public MqttConfig {
    broker = broker.map(String::strip).filter(text -> !text.isEmpty());
    username = username.filter(text -> !text.isEmpty());
    password = password.filter(text -> !text.isEmpty());
    clientId = clientId.map(String::strip).filter(text -> !text.isEmpty());
    Objects.requireNonNull(caFile, "caFile");
    if (version != 3 && version != 5) {
      throw new IllegalArgumentException("mqtt.version is 3 (MQTT 3.1.1) or 5, was " + version);
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("mqtt.port is 1 to 65535, was " + port);
    }
    if (password.isPresent() && passwordFile.isPresent()) {
      throw new IllegalArgumentException("Name a password or a password_file, not both");
    }
    if (username.isEmpty() && (password.isPresent() || passwordFile.isPresent())) {
      throw new IllegalArgumentException("mqtt.password needs an mqtt.username");
    }
    if (clientCert.isPresent() != clientKey.isPresent()) {
      throw new IllegalArgumentException("client_cert and client_key need each other");
    }
    if (prefix.length() > LONGEST_PREFIX || prefix.startsWith("/") || prefix.endsWith("/")) {
      throw new IllegalArgumentException(
          "mqtt.prefix begins and ends with no slash and has at most %d characters, was '%s'"
              .formatted(LONGEST_PREFIX, prefix.substring(0, Math.min(prefix.length(), 100))));
    }
    Message.event(prefix, ""); // says what is wrong with it as a topic
    int usual = port;
    boolean plain = !broker.map(text -> BrokerAddress.of(text, usual).tls()).orElse(true);
    if (plain && (caFile.isPresent() || clientCert.isPresent())) {
      throw new IllegalArgumentException(
          "Certificates need an encrypted way; write the broker as mqtts://host");
    }
  }

  /** No broker. */
  public static MqttConfig defaults() {
    return new MqttConfig(
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        3,
        "smollama",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same with another broker. */
  public MqttConfig to(String address) {
    return new MqttConfig(
        Optional.of(address),
        port,
        username,
        password,
        passwordFile,
        clientId,
        version,
        prefix,
        caFile,
        clientCert,
        clientKey);
  }

  /** The same for a user of the broker. */
  public MqttConfig as(String user, String secret) {
    return new MqttConfig(
        broker,
        port,
        Optional.of(user),
        Optional.of(secret),
        Optional.empty(),
        clientId,
        version,
        prefix,
        caFile,
        clientCert,
        clientKey);
  }

  /** The same in another version of MQTT. */
  public MqttConfig speaking(int other) {
    return new MqttConfig(
        broker,
        port,
        username,
        password,
        passwordFile,
        clientId,
        other,
        prefix,
        caFile,
        clientCert,
        clientKey);
  }

  /** Where the broker takes connections; empty without one. */
  public Optional<InetSocketAddress> reached() {
    return broker
        .map(named -> address())
        .map(found -> InetSocketAddress.createUnresolved(found.host(), found.port()));
  }

  /** The topic of which a {@link MessageBus} of a node says whether it is there. */
  public String statusTopic(String node) {
    return prefix + "/" + node + "/status";
  }

  /** Where the broker is; only if one is named. */
  BrokerAddress address() {
    return BrokerAddress.of(broker.orElseThrow(), port);
  }

  /** Keeps the password out of logs. */
  @Override
  public String toString() {
    return "MqttConfig[%s, version %d, prefix %s]"
        .formatted(broker.map(text -> address().toString()).orElse("no broker"), version, prefix);
  }
}
