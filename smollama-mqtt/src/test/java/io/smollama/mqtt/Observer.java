package io.smollama.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Another client of a broker, which only a test has. */
final class Observer implements AutoCloseable {
  private final Mqtt3BlockingClient client;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  Observer(Mosquitto broker, String filter) {
    client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier("observer-" + UUID.randomUUID())
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .buildBlocking();
    client.toAsync().publishes(MqttGlobalPublishFilter.ALL, this::hear);
    client.connect();
    client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_MOST_ONCE).send();
  }

  private void hear(Mqtt3Publish message) {
    String text = new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
    heard.add(message.getTopic() + " " + text + (message.isRetain() ? " retained" : ""));
  }

  void say(String topic, String text, int qos) {
    say(topic, text.getBytes(StandardCharsets.UTF_8), qos);
  }

  void say(String topic, byte[] payload, int qos) {
    client.publishWith().topic(topic).payload(payload).qos(MqttQos.fromCode(qos)).send();
  }

  /** What came until the connection ended. */
  List<String> drain() throws InterruptedException {
    Await.that("the broker ended", () -> !client.getState().isConnected());
    List<String> all = new ArrayList<>();
    String next = heard.poll(1, TimeUnit.SECONDS);
    while (next != null) {
      all.add(next);
      next = heard.poll(1, TimeUnit.SECONDS);
    }
    return all;
  }

  /** The next message; null if none comes in time. */
  String next() throws InterruptedException {
    return heard.poll(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      client.disconnect();
    } catch (RuntimeException e) {
      // the broker is gone
    }
  }
}
