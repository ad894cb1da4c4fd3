package io.smollama.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuthBuilder;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import com.hivemq.client.mqtt.mqtt3.message.unsubscribe.Mqtt3Unsubscribe;
import io.smollama.core.Message;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** A connection in MQTT 3.1.1. */
final class Mqtt3Link implements BrokerLink {
  private final Mqtt3AsyncClient client;

  Mqtt3Link(LinkSettings settings, Listener listener) {
    var builder =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier(settings.clientId())
            .transportConfig(settings.transport())
            .executorConfig(settings.threads())
            .willPublish(publishing(settings.will()))
            .addDisconnectedListener(lost -> listener.lost(lost.getCause()));
    settings.username().ifPresent(user -> builder.simpleAuth(auth(user, settings)));
    client = builder.buildAsync();
    client.publishes(
        MqttGlobalPublishFilter.ALL,
        got ->
            listener.received(got.getTopic().toString(), got.getPayloadAsBytes(), got.isRetain()));
  }

  private static Mqtt3SimpleAuth auth(String user, LinkSettings settings) {
    Mqtt3SimpleAuthBuilder.Complete auth = Mqtt3SimpleAuth.builder().username(user);
    return settings.password().map(auth::password).orElse(auth).build();
  }

  private static Mqtt3Publish publishing(Message message) {
    return Mqtt3Publish.builder()
        .topic(message.topic())
        .payload(message.payload())
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(message.kind() == Message.Kind.STATE)
        .build();
  }

  @Override
  public CompletableFuture<Boolean> connect(boolean anew) {
    return client
        .connect(
            Mqtt3Connect.builder().cleanSession(anew).keepAlive(LinkSettings.KEEP_ALIVE).build())
        .thenApply(answer -> answer.isSessionPresent());
  }

  @Override
  public CompletableFuture<?> publish(Message message) {
    return client.publish(publishing(message));
  }

  @Override
  public CompletableFuture<?> subscribe(Collection<String> filters) {
    return client.subscribe(
        Mqtt3Subscribe.builder()
            .addSubscriptions(
                filters.stream()
                    .map(
                        filter ->
                            Mqtt3Subscription.builder()
                                .topicFilter(filter)
                                .qos(MqttQos.AT_LEAST_ONCE)
                                .build()))
            .build());
  }

  @Override
  public CompletableFuture<?> unsubscribe(Collection<String> filters) {
    return client.unsubscribe(
        Mqtt3Unsubscribe.builder()
            .addTopicFilters(filters.stream().map(MqttTopicFilter::of))
            .build());
  }

  @Override
  public CompletableFuture<?> disconnect() {
    return client.disconnect();
  }
}
