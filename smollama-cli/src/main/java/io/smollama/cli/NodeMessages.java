package io.smollama.cli;

import io.smollama.core.Counted;
import io.smollama.core.MessageBus;
import io.smollama.dashboard.PartHealth;
import io.smollama.mqtt.MqttMessageBus;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a node's messages go through: the broker that its configuration names, else nothing but this
 * process. Thread-safe.
 */
final class NodeMessages implements AutoCloseable {
  private final MessageBus bus;
  private final Optional<MqttMessageBus> broker;
  private final NodeBridge bridge;

  private NodeMessages(MessageBus bus, Optional<MqttMessageBus> broker, NodeBridge bridge) {
    this.bus = bus;
    this.broker = broker;
    this.bridge = bridge;
  }

  /** Nothing goes over a network before the start, or the first message. */
  static NodeMessages open(StateFolder state, NodeConfig config, InstantSource clock) {
    NodeBridge bridge = NodeBridge.open(state, config, clock);
    if (config.mqtt().broker().isEmpty()) {
      return new NodeMessages(MessageBus.inProcess(), Optional.empty(), bridge);
    }
    MqttMessageBus broker =
        MqttMessageBus.open(config.mqtt(), config.node().name(), state.outbox(), clock);
    return new NodeMessages(broker, Optional.of(broker), bridge);
  }

  MessageBus bus() {
    return bus;
  }

  /** Readings that come by them; listened to from the start on. */
  NodeBridge bridge() {
    return bridge;
  }

  /** Listens to readings, and tells the broker that this node is there. */
  void start() {
    bridge.start(bus);
    broker.ifPresent(MqttMessageBus::start);
  }

  /** How it is; answers at once. */
  PartHealth health() {
    MessageBus.State state = bus.state();
    if (broker.isEmpty()) {
      String alone = "stay within this node; mqtt.broker names one that carries them to others";
      return new PartHealth("messages", PartHealth.State.OK, alone);
    }
    String waiting = state.waiting() == 0 ? "" : ", %,d waiting".formatted(state.waiting());
    String dropped =
        state.dropped() == 0
            ? ""
            : ", %s dropped in all".formatted(Counted.of(state.dropped(), "message"));
    return new PartHealth(
        "messages",
        state.connected() ? PartHealth.State.OK : PartHealth.State.ABSENT,
        PersonsTime.timesShown(state.says()) + waiting + dropped);
  }

  @Override
  public void close() {
    bus.close();
  }
}
