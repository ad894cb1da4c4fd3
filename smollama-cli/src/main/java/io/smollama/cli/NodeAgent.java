package io.smollama.cli;

import io.smollama.agent.Agent;
import io.smollama.agent.Inbox;
import io.smollama.agent.NodeMeans;
import io.smollama.agent.Triggers;
import io.smollama.core.ChatModel;
import io.smollama.core.MessageBus;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import java.time.Duration;
import java.util.List;

/**
 * What a running node answers by itself: what comes in goes through the triggers into the inbox,
 * and from there to the agent. Thread-safe.
 */
final class NodeAgent implements AutoCloseable {
  private static final Duration LOOK_AT_THE_CLOCK = Duration.ofSeconds(20);

  private final Triggers triggers;
  private final Agent agent;
  private final MessageBus bus;
  private final NodeMeans means;
  private final Chores clock = new Chores();

  private NodeAgent(Triggers triggers, Agent agent, MessageBus bus, NodeMeans means) {
    this.triggers = triggers;
    this.agent = agent;
    this.bus = bus;
    this.means = means;
  }

  static NodeAgent of(Inbox inbox, MessageBus bus, NodeMeans means, ChatModel model) {
    Agent agent = new Agent(inbox, means, model);
    Triggers triggers =
        new Triggers(
            inbox,
            means.config(),
            means.messages().orElseThrow(),
            System::nanoTime,
            means.zone(),
            kind -> agent.wake());
    return new NodeAgent(triggers, agent, bus, means);
  }

  NodeAgent start() {
    agent.start();
    triggers.listen(bus);
    clock.every(LOOK_AT_THE_CLOCK, () -> triggers.tick(means.clock().instant()));
    return this;
  }

  void take(List<Reading> readings) {
    triggers.readings(readings);
  }

  void noticed(NewObservation observation) {
    if (observation.type() == ObservationType.ANOMALY) {
      for (SourceId source : observation.sources()) {
        triggers.alarm(source, observation.text());
      }
    }
  }

  @Override
  public void close() {
    clock.close();
    triggers.close();
    agent.close();
  }
}
