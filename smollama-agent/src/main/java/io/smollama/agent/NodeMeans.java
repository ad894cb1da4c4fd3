package io.smollama.agent;

import io.smollama.core.EmbeddingProvider;
import io.smollama.memory.MemoryStore;
import io.smollama.readings.ActuatorEnvelope;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model of a node has to work with. Immutable.
 *
 * @param store what is remembered
 * @param embedder to find what words are about; without one shared words decide
 * @param outputs what can be switched; empty for a model that only looks
 * @param messages how it speaks to others; empty if it does not
 * @param recent what it heard lately; empty if it hears nothing
 * @param inbox where what it answers is kept; empty if that is nowhere
 * @param modes what is known of how models call tools; shared, so that each is tried once
 * @param config what it answers by itself, and whose words it trusts
 * @param zone by which times are told
 */
public record NodeMeans(
    MemoryStore store,
    Optional<EmbeddingProvider> embedder,
    Optional<ActuatorEnvelope> outputs,
    Optional<OutgoingMessages> messages,
    Optional<RecentMessages> recent,
    Optional<Inbox> inbox,
    CallModes modes,
    AgentConfig config,
    InstantSource clock,
    ZoneId zone) {
  public NodeMeans {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(config, "config");
  }

  /** Looks and remembers, and does nothing else. */
  public static NodeMeans looking(
      MemoryStore store, Optional<EmbeddingProvider> embedder, InstantSource clock, ZoneId zone) {
    return new NodeMeans(
        store,
        embedder,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new CallModes(),
        AgentConfig.defaults(),
        clock,
        zone);
  }

  /** The same with outputs that can be switched. */
  public NodeMeans withOutputs(Optional<ActuatorEnvelope> switched) {
    return new NodeMeans(
        store, embedder, switched, messages, recent, inbox, modes, config, clock, zone);
  }
}
