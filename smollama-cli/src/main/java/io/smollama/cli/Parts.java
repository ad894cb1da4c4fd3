package io.smollama.cli;

import io.smollama.agent.Ask;
import io.smollama.agent.Inbox;
import io.smollama.agent.ModelSummariser;
import io.smollama.core.EmbeddingProvider;
import io.smollama.core.Reading;
import io.smollama.dashboard.ActDesk;
import io.smollama.dashboard.KnowledgeDesk;
import io.smollama.dashboard.MemoryCare;
import io.smollama.dashboard.ReadingsDesk;
import io.smollama.dashboard.SyncDesk;
import io.smollama.devices.Devices;
import io.smollama.devices.Displays;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.PythonDatabase;
import io.smollama.readings.ActuatorEnvelope;
import io.smollama.readings.Conditioning;
import io.smollama.readings.GpioReadings;
import io.smollama.readings.HubConfig;
import io.smollama.readings.ReadingHub;
import io.smollama.sync.ReplicaSetup;
import io.smollama.sync.SqliteJournal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node is made of, opened: senses, journal, memory, models. A running node adds a schedule
 * and a web page; a single command uses them as they are. Thread-safe.
 */
final class Parts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final NodeConfig config;
  private final SqliteJournal journal;
  private final MemoryStore memory;
  private final MemoryFollower follower;
  private final NodeSync sync;
  private final ReadingHub hub;
  private final Displays displays;
  private final Extensions extensions;
  private final GpioReadings pins;
  private final Optional<EmbeddingProvider> embedder;
  private final ChatChoice chat;
  private final NodeMessages messages;
  private final NodeTalk talk;
  private final InstantSource clock;

  private Parts(
      NodeConfig config,
      SqliteJournal journal,
      MemoryStore memory,
      NodeSync sync,
      Optional<EmbeddingProvider> embedder,
      Inbox inbox,
      NodeMessages messages,
      Extensions extensions,
      InstantSource clock) {
    this.config = config;
    this.journal = journal;
    this.memory = memory;
    this.follower = MemoryFollower.start(journal, memory);
    this.sync = sync;
    this.embedder = embedder;
    this.clock = clock;
    this.hub =
        new ReadingHub(
            HubConfig.defaults(),
            clock,
            System::nanoTime,
            new Conditioning(config.readings().sources()));
    this.displays = Devices.ofThisMachine(config.devices(), clock, System::nanoTime).displays();
    this.pins = NodePins.of(config.gpio(), clock);
    this.extensions = extensions;
    this.chat = ChatChoice.of(config);
    this.messages = messages;
    this.talk = new NodeTalk(config, memory, embedder, chat.model(), inbox, messages.bus(), clock);
  }

  static Parts open(StateFolder state, NodeConfig config, InstantSource clock) {
    state.clearTemporary();
    Natives.prepare(state);
    SqliteJournal journal =
        SqliteJournal.open(state.journal(), ReplicaSetup.ofThisMachine(config.node().name()));
    try {
      NodeMessages messages = NodeMessages.open(state, config, clock);
      NodeSync sync = NodeSync.of(state, config, journal, messages.bus(), clock);
      Optional<EmbeddingProvider> embedder = EmbeddingChoice.of(config, state.unpacked());
      MemoryStore memory =
          MemoryStore.open(
              memoryFile(config, state),
              journal,
              embedder,
              clock,
              new MemoryStore.Settings(config.node().name(), config.memory()));
      journal.follow(memory.upkeep().lamport());
      Inbox inbox = Inbox.open(state.inbox(), clock);
      Extensions extensions = Extensions.find(config.extensions(), state.extensions());
      Parts parts =
          new Parts(config, journal, memory, sync, embedder, inbox, messages, extensions, clock);
      NodeProviders.register(
          parts.hub, config, state.path(), Optional.of(parts.pins), extensions, clock);
      messages.bridge().providers().forEach(parts.hub::register);
      return parts;
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /** A configuration of Smollama for Python names its database, which is not for us to write. */
  static Path memoryFile(NodeConfig config, StateFolder state) {
    Path named = config.memory().dbPath().orElse(state.memory());
    if (PythonDatabase.is(named)) {
      LOG.warn(
          "{} belongs to Smollama for Python and is left as it is; this node remembers in {}",
          named,
          state.memory());
      return state.memory();
    }
    return named;
  }

  /** Its pins, real or simulated; not started. */
  GpioReadings pins() {
    return pins;
  }

  NodeConfig config() {
    return config;
  }

  MemoryStore memory() {
    return memory;
  }

  SqliteJournal journal() {
    return journal;
  }

  /** How it shares; not started. */
  NodeSync sync() {
    return sync;
  }

  /** Where a person sees and steers that. */
  SyncDesk syncDesk() {
    return new SyncDesk(
        journal.replica(), memory, sync.synchronizer(), journal.clockMarks(), clock);
  }

  /** What of its readings others get. */
  ReadingsInLog readingsInLog() {
    return new ReadingsInLog(config.sync(), memory, journal.replica(), sync::agreed, clock);
  }

  /**
   * Where outputs are switched, and who did is seen.
   *
   * @param envelope of a running node
   */
  ActDesk actDesk(Optional<ActuatorEnvelope> envelope) {
    return new ActDesk(envelope, pins, memory.audit());
  }

  ReadingHub hub() {
    return hub;
  }

  /** Where what sources say is shown; to be given the readings. */
  Displays displays() {
    return displays;
  }

  /** Where what is known is looked through and corrected. */
  KnowledgeDesk knowledgeDesk() {
    return new KnowledgeDesk(memory, clock, config.node().name());
  }

  /** Where is looked through what sources said. */
  ReadingsDesk readingsDesk() {
    return new ReadingsDesk(memory.readings(), clock, ZoneId.systemDefault());
  }

  /** Where the memory is looked after. */
  MemoryCare care() {
    return new MemoryCare(memory, clock, new ModelSummariser(chat.model()));
  }

  InstantSource clock() {
    return clock;
  }

  /** An answerer that takes the newest readings from here. */
  Ask ask(Supplier<List<Reading>> live) {
    return new Ask(
        memory, live, embedder, Optional.of(chat.model()), clock, ZoneId.systemDefault());
  }

  /** Where it is talked to, and answers by itself. */
  NodeTalk talk() {
    return talk;
  }

  /** What its messages go through; not started. */
  NodeMessages messages() {
    return messages;
  }

  /** How each part is. */
  PartsHealth health() {
    return new PartsHealth(this, chat, embedder);
  }

  /** Closes all parts, the journal last; what fails does not keep the others open. */
  @Override
  public void close() {
    List<AutoCloseable> parts =
        new ArrayList<>(
            List.of(
                sync, hub, displays, extensions, chat.model(), messages, talk, follower, memory));
    embedder.ifPresent(parts::add);
    parts.add(journal);
    Closing.all(parts);
  }
}
