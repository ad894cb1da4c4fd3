/**
 * Messages through an MQTT broker, apart because of the client's weight.
 *
 * <p>Start with {@link io.smollama.mqtt.MqttMessageBus}, which {@link io.smollama.mqtt.MqttConfig}
 * leads to its broker. Events wait in a file until the broker has them; of states the newest of
 * each topic waits in memory. What comes in is bounded before anybody hears it.
 *
 * <pre>{@code
 * MqttConfig config = MqttConfig.defaults().to("tcp://192.168.1.10:1883");
 * try (MessageBus bus = MqttMessageBus.open(config, "kitchen", Path.of("outbox.sqlite"), clock)) {
 *   bus.subscribe(new TopicFilter("home/+/door"), message -> {});
 *   bus.publish(Message.state("smollama/kitchen/mood", "calm"));
 * }
 * }</pre>
 */
@NullMarked
package io.smollama.mqtt;

import org.jspecify.annotations.NullMarked;
