package io.smollama.mqtt;

import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import io.smollama.core.FileFailure;
import io.smollama.core.Message;
import io.smollama.core.MessageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What every connection of a bus is made of. Immutable.
 *
 * @param clientId how the broker knows it
 * @param username who it is; empty for nobody
 * @param password of that user
 * @param will what the broker says when the connection breaks
 * @param transport the way to the broker
 * @param threads who does the client's work
 */
record LinkSettings(
    String clientId,
    Optional<String> username,
    Optional<byte[]> password,
    Message will,
    MqttClientTransportConfig transport,
    MqttClientExecutorConfig threads) {
  /** Seconds of silence after which each side asks the other. */
  static final int KEEP_ALIVE = 30;

  private static final int CONNECT_SECONDS = 10;

  static LinkSettings of(MqttConfig config, String clientId, Message will) {
    var transport =
        MqttClientTransportConfig.builder()
            .serverHost(config.address().host())
            .serverPort(config.address().port())
            .socketConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
            .mqttConnectTimeout(2 * CONNECT_SECONDS, TimeUnit.SECONDS);
    if (config.address().tls()) {
      transport.sslConfig(tls(config));
    }
    // The client's own threads would keep a process alive and run before all others.
    Executor daemons = LinkSettings::start;
    return new LinkSettings(
        clientId,
        config.username(),
        password(config).map(text -> text.getBytes(StandardCharsets.UTF_8)),
        will,
        transport.build(),
        MqttClientExecutorConfig.builder().nettyExecutor(daemons).nettyThreads(1).build());
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "mqtt-network");
    thread.setDaemon(true);
    thread.start();
  }

  private static MqttClientSslConfig tls(MqttConfig config) {
    var tls = MqttClientSslConfig.builder();
    config.caFile().ifPresent(file -> tls.trustManagerFactory(PemFiles.trust(file)));
    config
        .clientCert()
        .ifPresent(
            file ->
                tls.keyManagerFactory(PemFiles.identity(file, config.clientKey().orElseThrow())));
    return tls.build();
  }

  private static Optional<String> password(MqttConfig config) {
    return config.passwordFile().map(LinkSettings::firstLine).or(config::password);
  }

  private static String firstLine(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw new MessageException(
          file.toString(),
          "this file of mqtt.password_file cannot be read: " + FileFailure.reason(e),
          false,
          e);
    }
  }

  /** Keeps the password out of logs. */
  @Override
  public String toString() {
    return "LinkSettings[%s]".formatted(clientId);
  }
}
