package io.smollama.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuthBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import io.smollama.core.Message;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** A connection in MQTT 5. */
final class Mqtt5Link implements BrokerLink {
  /** How long the broker keeps what comes for a node that is away. */
  private static final int KEPT_SECONDS = 3_600;

  private static final int LARGEST_PACKET = 512 << 10;

  private final Mqtt5AsyncClient client;

  Mqtt5Link(LinkSettings settings, Listener listener) {
    var builder =
        MqttClient.builder()
            .useMqttVersion5()
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

  private static Mqtt5SimpleAuth auth(String user, LinkSettings settings) {
    Mqtt5SimpleAuthBuilder.Complete auth = Mqtt5SimpleAuth.builder().username(user);
    return settings.password().map(auth::password).orElse(auth).build();
  }

  private static Mqtt5Publish publishing(Message message) {
    return Mqtt5Publish.builder()
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
            Mqtt5Connect.builder()
                .cleanStart(anew)
                .sessionExpiryInterval(anew ? 0 : KEPT_SECONDS)
                .restrictions()
                .maximumPacketSize(LARGEST_PACKET)
                .applyRestrictions()
                .keepAlive(LinkSettings.KEEP_ALIVE)
                .build())
        .thenApply(answer -> answer.isSessionPresent());
  }

  @Override
  public CompletableFuture<?> publish(Message message) {
    return client
        .publish(publishing(message))
        .thenCompose(
            sent ->
                sent.getError()
                    .<CompletableFuture<Void>>map(CompletableFuture::failedFuture)
                    .orElseGet(() -> CompletableFuture.completedFuture(null)));
  }

  @Override
  public CompletableFuture<?> subscribe(Collection<String> filters) {
    return client.subscribe(
        Mqtt5Subscribe.builder()
            .addSubscriptions(
                filters.stream()
                    .map(
                        filter ->
                            Mqtt5Subscription.builder()
                                .topicFilter(filter)
                                .qos(MqttQos.AT_LEAST_ONCE)
                                .build()))
            .build());
  }

  @Override
  public CompletableFuture<?> unsubscribe(Collection<String> filters) {
    return client.unsubscribe(
        Mqtt5Unsubscribe.builder()
            .addTopicFilters(filters.stream().map(MqttTopicFilter::of))
            .build());
  }

  @Override
  public CompletableFuture<?> disconnect() {
    return client.disconnect();
  }
}
