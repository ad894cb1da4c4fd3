package io.smollama.cli;

import io.smollama.agent.Agent;
import io.smollama.agent.Inbox;
import io.smollama.agent.NodeMeans;
import io.smollama.agent.Reflection;
import io.smollama.agent.Triggers;
import io.smollama.core.ChatModel;
import io.smollama.core.MessageBus;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.memory.NewObservation;
import io.smollama.memory.Observation;
import io.smollama.memory.ObservationType;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a running node answers and thinks about by itself: what comes in goes through the triggers
 * into the inbox, and from there to the agent; a model looks at the readings. Thread-safe.
 */
final class NodeAgent implements AutoCloseable {
  private static final Duration LOOK_AT_THE_CLOCK = Duration.ofSeconds(20);
  private static final Duration REFLECT = Duration.ofMinutes(1);

  private final Triggers triggers;
  private final Agent agent;
  private final MessageBus bus;
  private final NodeMeans means;
  private final Reflection reflection;
  private final Chores clock = new Chores();

  /** A thread of its own: a look takes minutes. */
  private final Chores looks = new Chores();

  private NodeAgent(
      Triggers triggers, Agent agent, MessageBus bus, NodeMeans means, Reflection reflection) {
    this.triggers = triggers;
    this.agent = agent;
    this.bus = bus;
    this.means = means;
    this.reflection = reflection;
  }

  static NodeAgent of(
      Inbox inbox, MessageBus bus, NodeMeans means, ChatModel model, Reflection reflection) {
    Agent agent = new Agent(inbox, means, model);
    Triggers triggers =
        new Triggers(
            inbox,
            means.config(),
            means.messages().orElseThrow(),
            System::nanoTime,
            means.zone(),
            kind -> agent.wake());
    return new NodeAgent(triggers, agent, bus, means, reflection);
  }

  /**
   * Begins.
   *
   * @param shown hears what a model noted; nothing answers that by itself
   */
  void start(Consumer<Observation> shown) {
    agent.start();
    triggers.listen(bus);
    clock.every(LOOK_AT_THE_CLOCK, () -> triggers.tick(means.clock().instant()));
    reflection.listen(shown);
    looks.nowAndEvery(REFLECT, reflection::tick);
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
    looks.close();
    triggers.close();
    agent.close();
  }
}
