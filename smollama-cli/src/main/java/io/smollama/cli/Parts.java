package io.smollama.cli;

import io.smollama.agent.Ask;
import io.smollama.agent.ModelSummariser;
import io.smollama.agent.OllamaChatModel;
import io.smollama.core.EmbeddingProvider;
import io.smollama.core.Reading;
import io.smollama.dashboard.MemoryCare;
import io.smollama.dashboard.PartHealth;
import io.smollama.memory.MemoryStats;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.PythonDatabase;
import io.smollama.readings.HubConfig;
import io.smollama.readings.ProviderState;
import io.smollama.readings.ReadingHub;
import io.smollama.readings.SimulatedGpio;
import io.smollama.readings.SystemReadings;
import io.smollama.sync.ReplicaSetup;
import io.smollama.sync.SqliteJournal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  private final ReadingHub hub;
  private final Optional<EmbeddingProvider> embedder;
  private final OllamaChatModel ollama;
  private final InstantSource clock;

  private Parts(
      NodeConfig config,
      SqliteJournal journal,
      MemoryStore memory,
      Optional<EmbeddingProvider> embedder,
      InstantSource clock) {
    this.config = config;
    this.journal = journal;
    this.memory = memory;
    this.follower = MemoryFollower.start(journal, memory);
    this.embedder = embedder;
    this.clock = clock;
    this.hub = new ReadingHub(HubConfig.defaults(), clock, System::nanoTime);
    this.ollama = new OllamaChatModel(config.ollama());
  }

  static Parts open(StateFolder state, NodeConfig config, InstantSource clock) {
    state.clearTemporary();
    Natives.prepare(state);
    SqliteJournal journal =
        SqliteJournal.open(state.journal(), ReplicaSetup.ofThisMachine(config.node().name()));
    try {
      Optional<EmbeddingProvider> embedder = EmbeddingChoice.of(config.memory(), state.unpacked());
      MemoryStore memory =
          MemoryStore.open(
              memoryFile(config, state),
              journal,
              embedder,
              clock,
              new MemoryStore.Settings(config.node().name(), config.memory()));
      journal.follow(memory.upkeep().lamport());
      Parts parts = new Parts(config, journal, memory, embedder, clock);
      parts.sense(state.path());
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

  private void sense(Path disk) {
    hub.register(SystemReadings.ofThisMachine(disk, clock, System::nanoTime));
    if (config.gpio().mock()) {
      hub.register(SimulatedGpio.of(config.gpio(), clock));
    } else if (config.gpio().pins().isEmpty()) {
      hub.register(SimulatedGpio.demoBoard(clock));
    }
  }

  NodeConfig config() {
    return config;
  }

  MemoryStore memory() {
    return memory;
  }

  ReadingHub hub() {
    return hub;
  }

  /** Where the memory is looked after. */
  MemoryCare care() {
    return new MemoryCare(memory, clock, new ModelSummariser(ollama));
  }

  InstantSource clock() {
    return clock;
  }

  /** An answerer that takes the newest readings from here. */
  Ask ask(Supplier<List<Reading>> live) {
    return new Ask(memory, live, embedder, Optional.of(ollama), clock, ZoneId.systemDefault());
  }

  /**
   * How each part is, in the order in which data travels; answers at once.
   *
   * @param model how the chat model was when last looked at, see {@link #modelHealth}
   */
  List<PartHealth> health(PartHealth model) {
    List<PartHealth> parts = new ArrayList<>();
    hub.states().forEach(provider -> parts.add(ofProvider(provider)));
    if (!config.gpio().mock() && !config.gpio().pins().isEmpty()) {
      parts.add(
          new PartHealth(
              "gpio",
              PartHealth.State.ABSENT,
              "this version reads no real pins yet; gpio.mock: true simulates them"));
    }
    MemoryStats stats = memory.stats();
    parts.add(ofMemory(stats));
    parts.add(ofEmbeddings(stats));
    parts.add(
        new PartHealth(
            "journal",
            PartHealth.State.OK,
            "replica %s, not shared with other nodes yet"
                .formatted(journal.origin().hex().substring(0, 8))));
    parts.add(model);
    return parts;
  }

  /** How the chat model is; may take seconds. */
  PartHealth modelHealth() {
    boolean there = ollama.available().isPresent();
    return new PartHealth(
        "ollama",
        there ? PartHealth.State.OK : PartHealth.State.ABSENT,
        "%s: %s%s"
            .formatted(
                config.ollama().address(), ollama.state(), there ? "" : "; answers come as lists"));
  }

  private PartHealth ofMemory(MemoryStats stats) {
    String failure = memory.readings().failure();
    String warning = memory.readings().warning();
    if (failure.isEmpty() && !warning.isEmpty()) {
      return new PartHealth("memory", PartHealth.State.FAILING, warning);
    }
    return failure.isEmpty()
        ? new PartHealth(
            "memory",
            PartHealth.State.OK,
            String.join(
                ", ",
                counted(stats.readings(), "reading"),
                counted(stats.observations(), "observation"),
                counted(stats.memories(), "fact")))
        : new PartHealth(
            "memory", PartHealth.State.FAILING, failure + "; the newest readings wait");
  }

  private PartHealth ofProvider(ProviderState provider) {
    boolean simulated = provider.type().equals(SimulatedGpio.TYPE);
    String sources = counted(provider.sources(), "source") + (simulated ? ", simulated pins" : "");
    return provider.health() == ProviderState.Health.OK
        ? new PartHealth(provider.type(), PartHealth.State.OK, sources)
        : new PartHealth(
            provider.type(),
            PartHealth.State.FAILING,
            "%s since %s: %s"
                .formatted(
                    provider.health().name().toLowerCase(Locale.ROOT),
                    provider
                        .since()
                        .map(time -> PersonsTime.shown(time, ZoneId.systemDefault()))
                        .orElse("just now"),
                    provider.lastError()));
  }

  /** What most machines have and this one does not. */
  private String missing(String type) {
    boolean warm =
        !type.equals(SystemReadings.TYPE)
            || hub.sources().stream().anyMatch(s -> s.id().toString().equals("system:cpu_temp"));
    return warm ? "" : ", no CPU temperature on this machine";
  }

  private PartHealth ofEmbeddings(MemoryStats stats) {
    String failure = memory.upkeep().embeddingFailure();
    return failure.isEmpty()
        ? new PartHealth(
            "embeddings",
            PartHealth.State.OK,
            "%s%s, %s embedded%s"
                .formatted(
                    embedder.orElseThrow().model().id(),
                    memory.upkeep().embeddingTried() ? "" : " (not loaded yet)",
                    counted(stats.vectors(), "text"),
                    stats.vectorsMissing() == 0 ? "" : ", " + stats.vectorsMissing() + " waiting"))
        : new PartHealth(
            "embeddings", PartHealth.State.ABSENT, failure + "; recall goes by words only");
  }

  private static String counted(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** Closes all parts, the journal last; what fails does not keep the others open. */
  @Override
  public void close() {
    List<AutoCloseable> parts = new ArrayList<>(List.of(hub, ollama, follower, memory));
    embedder.ifPresent(parts::add);
    parts.add(journal);
    Closing.all(parts);
  }
}
