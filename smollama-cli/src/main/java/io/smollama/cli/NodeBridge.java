package io.smollama.cli;

import io.smollama.agent.AgentConfig;
import io.smollama.core.Counted;
import io.smollama.core.MessageBus;
import io.smollama.readings.BridgeConfig;
import io.smollama.readings.HeardState;
import io.smollama.readings.MessageReadings;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What others tell a node by messages: edge nodes, if there is a broker, and devices whose topics
 * its configuration names. The providers are closed by whoever they are registered with.
 * Thread-safe.
 */
final class NodeBridge {
  private final List<MessageReadings> providers;

  private NodeBridge(List<MessageReadings> providers) {
    this.providers = List.copyOf(providers);
  }

  /** With the last values that are known; nothing is listened to yet, and never by an edge node. */
  static NodeBridge open(StateFolder state, NodeConfig config, InstantSource clock) {
    List<MessageReadings> providers = new ArrayList<>();
    if (config.agent().mode() == AgentConfig.Mode.EDGE) {
      return new NodeBridge(providers);
    }
    BridgeConfig bridge = config.bridge();
    ZoneId zone = ZoneId.systemDefault();
    boolean nodes =
        bridge.nodes() == BridgeConfig.Use.ON
            || (bridge.nodes() == BridgeConfig.Use.AUTO && config.mqtt().broker().isPresent());
    if (nodes) {
      String prefix = bridge.prefix().orElse(config.mqtt().prefix());
      String own = config.node().name();
      providers.add(
          MessageReadings.ofNodes(prefix, own, bridge.oldest(), state.heard("edge"), clock, zone));
    }
    if (!bridge.topics().isEmpty()) {
      providers.add(
          MessageReadings.ofTopics(
              bridge.topics(), bridge.oldest(), state.heard("mqtt"), clock, zone));
    }
    return new NodeBridge(providers);
  }

  List<MessageReadings> providers() {
    return providers;
  }

  /** Begins to listen. */
  void start(MessageBus bus) {
    providers.forEach(provider -> provider.start(bus));
  }

  /** What is to be said of a provider besides how many sources it has; empty if nothing is. */
  String says(String type) {
    return providers.stream()
        .filter(provider -> provider.type().equals(type))
        .map(NodeBridge::says)
        .findFirst()
        .orElse("");
  }

  private static String says(MessageReadings provider) {
    List<HeardState> states = provider.states();
    StringBuilder says = new StringBuilder();
    if (provider.type().equals("edge")) {
      long nodes =
          states.stream()
              .map(state -> state.source().id().replaceFirst("/.*", ""))
              .distinct()
              .count();
      says.append(" of ").append(Counted.of(nodes, "node"));
    }
    for (HeardState.Condition condition :
        List.of(HeardState.Condition.STALE, HeardState.Condition.OFFLINE)) {
      long some = states.stream().filter(state -> state.condition() == condition).count();
      if (some > 0) {
        String word = condition.name().toLowerCase(Locale.ROOT);
        says.append(String.format(Locale.ROOT, ", %,d %s", some, word));
      }
    }
    String faults = provider.says();
    return says + (faults.isEmpty() ? "" : "; not taken as they came: " + faults);
  }
}
