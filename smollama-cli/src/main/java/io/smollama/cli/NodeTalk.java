package io.smollama.cli;

import io.smollama.agent.Ask;
import io.smollama.agent.CallModes;
import io.smollama.agent.Chat;
import io.smollama.agent.ClaimCheck;
import io.smollama.agent.Inbox;
import io.smollama.agent.ModelObserver;
import io.smollama.agent.NodeMeans;
import io.smollama.agent.ObserverConfig;
import io.smollama.agent.OutgoingMessages;
import io.smollama.agent.RecentMessages;
import io.smollama.agent.Reflection;
import io.smollama.core.ChatModel;
import io.smollama.core.EmbeddingProvider;
import io.smollama.core.MessageBus;
import io.smollama.dashboard.ChatDesk;
import io.smollama.dashboard.LookDesk;
import io.smollama.memory.MemoryStore;
import io.smollama.readings.ActuatorEnvelope;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How a node is talked to by persons and by others, and what of it a model has to work with.
 * Thread-safe.
 */
final class NodeTalk implements AutoCloseable {
  private final NodeConfig config;
  private final MemoryStore memory;
  private final Optional<EmbeddingProvider> embedder;
  private final ChatModel model;
  private final Inbox inbox;
  private final InstantSource clock;
  private final MessageBus bus;
  private final OutgoingMessages messages;
  private final RecentMessages recent;
  private final CallModes modes = new CallModes();
  private final Reflection reflection;

  NodeTalk(
      NodeConfig config,
      MemoryStore memory,
      Optional<EmbeddingProvider> embedder,
      ChatModel model,
      Inbox inbox,
      MessageBus bus,
      InstantSource clock) {
    this.config = config;
    this.memory = memory;
    this.embedder = embedder;
    this.model = model;
    this.inbox = inbox;
    this.clock = clock;
    this.bus = bus;
    this.recent = RecentMessages.usual(clock);
    this.messages =
        new OutgoingMessages(
            bus, config.mqtt().prefix(), config.node().name(), config.agent().publishable());
    NodeMeans looking = means(Optional.empty());
    this.reflection =
        new Reflection(
            new ModelObserver(looking, model),
            new ClaimCheck(memory, config.node().name(), config.agent(), clock, looking.zone()),
            observing(config),
            looking,
            System::nanoTime);
  }

  /** A node that is to observe nothing by itself has no model observe, either. */
  private static ObserverConfig observing(NodeConfig config) {
    ObserverConfig asked = config.observer();
    return config.memory().observationEnabled()
        ? asked
        : new ObserverConfig(
            ObserverConfig.Use.OFF,
            asked.shortestInterval(),
            asked.longestInterval(),
            asked.looksPerDay());
  }

  /** What it thinks about by itself; somebody has to make it tick. */
  Reflection reflection() {
    return reflection;
  }

  /** Where a person has it look. */
  LookDesk lookDesk() {
    return new LookDesk(reflection);
  }

  /**
   * Where a person talks with the node.
   *
   * @param ask answers when no model can
   * @param envelope of a running node; without it nothing is switched
   */
  ChatDesk desk(Ask ask, Optional<ActuatorEnvelope> envelope) {
    return new ChatDesk(new Chat(means(envelope), model, ask), Optional.of(inbox));
  }

  /** What answers by itself what comes in; not started. To be called once. */
  NodeAgent agent(Optional<ActuatorEnvelope> envelope) {
    config.agent().heard().forEach(topics -> bus.subscribe(topics, recent::take));
    return NodeAgent.of(inbox, bus, means(envelope), model, reflection);
  }

  private NodeMeans means(Optional<ActuatorEnvelope> envelope) {
    return new NodeMeans(
        memory,
        embedder,
        envelope,
        Optional.of(messages),
        config.agent().heard().isEmpty() ? Optional.empty() : Optional.of(recent),
        Optional.of(inbox),
        modes,
        config.agent(),
        clock,
        ZoneId.systemDefault());
  }

  /** What it answers by itself, and what waits for that, in one line for people. */
  String says() {
    String waiting = inbox.says();
    return config.agent().isIdle() ? "answers when asked; " + waiting : waiting;
  }

  @Override
  public void close() {
    inbox.close();
  }
}
