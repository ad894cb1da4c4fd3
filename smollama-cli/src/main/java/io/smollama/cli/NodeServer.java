package io.smollama.cli;

import io.smollama.core.EntryId;
import io.smollama.dashboard.PartHealth;
import io.smollama.dashboard.SyncServer;
import io.smollama.dashboard.SyncServerConfig;
import io.smollama.dashboard.SyncWords;
import io.smollama.memory.MemoryStore;
import io.smollama.sync.CreditAccounts;
import io.smollama.sync.LocalSyncTransport;
import io.smollama.sync.LogRetention;
import io.smollama.sync.PythonSyncService;
import io.smollama.sync.ReplicaSetup;
import io.smollama.sync.SharedReplica;
import io.smollama.sync.SqliteJournal;
import io.smollama.sync.SyncService;
import io.smollama.sync.SyncSetup;
import io.smollama.sync.SyncStatus;
import io.smollama.sync.Synchronizer;
import io.smollama.sync.SynchronizerConfig;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node is as a Llama server: where nodes come to, who may, and the log that they bring their
 * entries to. That is the node's own, or one in a database that several servers share; then the
 * node's own log is kept alike with it, as it would be with any server, and goes on alone while the
 * database is away. Thread-safe.
 */
final class NodeServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeServer.class);

  /** Other servers may have written to the database. */
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(5);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(15);
  private static final Duration WAITS_FOR_MORE = Duration.ofMillis(200);

  private final SyncServerConfig listening;
  private final SqliteJournal journal;
  private final GivenTokens tokens;
  private final Optional<LogDatabase> database;
  private final Optional<Synchronizer> toDatabase;
  private final Path pythonFile;
  private final InstantSource clock;
  private volatile Optional<SyncServer> server = Optional.empty();
  private volatile Optional<PythonSyncService> pythonNodes = Optional.empty();
  private boolean listensToDatabase;

  private NodeServer(
      SyncServerConfig listening,
      SqliteJournal journal,
      GivenTokens tokens,
      Optional<LogDatabase> database,
      Path pythonFile,
      SyncConfig config,
      InstantSource clock) {
    this.listening = listening;
    this.journal = journal;
    this.tokens = tokens;
    this.database = database;
    this.pythonFile = pythonFile;
    this.clock = clock;
    this.toDatabase =
        database.map(
            there ->
                new Synchronizer(
                    journal.replica(),
                    new LocalSyncTransport(there.name(), this::shared),
                    often(config.meeting()),
                    new SyncSetup(clock, System::nanoTime, new SecureRandom()),
                    () -> {}));
  }

  /** Assembles it; nothing listens before the start. */
  static NodeServer of(
      StateFolder state, NodeConfig config, SqliteJournal journal, InstantSource clock) {
    SyncConfig sync = config.sync();
    Optional<LogDatabase> database = database(config);
    boolean loopback = sync.server().isLoopback();
    GivenTokens tokens = new GivenTokens(() -> GivenTokens.open(state, database, clock), loopback);
    return new NodeServer(
        sync.server(), journal, tokens, database, state.pythonNodes(), sync, clock);
  }

  /** The database that is named, if one is; nothing is asked of it yet. */
  static Optional<LogDatabase> database(NodeConfig config) {
    SyncDatabaseConfig named = config.sync().database();
    ReplicaSetup setup = ReplicaSetup.ofThisMachine(config.node().name());
    return named.url().map(url -> new LogDatabase(named, setup, System::nanoTime));
  }

  /** All streams: a server knows what nodes bring, whichever server they bring it to. */
  private static SynchronizerConfig often(SynchronizerConfig meeting) {
    return new SynchronizerConfig(
        LOOKS_EVERY, WAITS_FOR_MORE, FIRST_RETRY, LONGEST_RETRY, Set.of(), meeting.scope());
  }

  /** The log in the database; what comes to it here comes to this node soon. */
  private SharedReplica shared() {
    SharedReplica log = database.orElseThrow().log();
    synchronized (this) {
      if (!listensToDatabase) {
        listensToDatabase = true;
        log.onGrowth(chains -> toDatabase.ifPresent(Synchronizer::wake));
      }
    }
    return log;
  }

  /**
   * Begins to listen.
   *
   * @param memory over the node's journal
   */
  void start(MemoryStore memory) {
    CreditAccounts credits = new CreditAccounts(listening.bytesPerDay(), System::nanoTime);
    SyncService service =
        new SyncService(
            device -> database.isPresent() ? shared() : journal.replica(),
            listening.offers(),
            tokens,
            credits);
    Function<String, Optional<EntryId>> known = memory.archive()::factInTheseWords;
    PythonSyncService ofPython =
        database
            .map(shared -> shared.pythonNodes(tokens, credits, known))
            .orElseGet(() -> ofFile(credits, known));
    pythonNodes = Optional.of(ofPython);
    SyncServer opened = SyncServer.start(listening, service, pythonNodes);
    server = Optional.of(opened);
    toDatabase.ifPresent(Synchronizer::start);
    LOG.info("Llama server for nodes: {}; {}", where(opened.address()), tokens.says());
    database.ifPresent(there -> LOG.info("What nodes bring is kept in {}", there.name()));
  }

  private PythonSyncService ofFile(
      CreditAccounts credits, Function<String, Optional<EntryId>> knownFacts) {
    return PythonSyncService.open(
        pythonFile, journal.replica(), tokens, credits, ZoneId.systemDefault(), knownFacts);
  }

  /**
   * Lets go of what the nodes that came say is old, in the database; the own log does so itself.
   */
  void tidy() {
    if (database.isPresent()) {
      new LogRetention(shared(), Map.of()).apply(Optional.empty(), clock.instant());
    }
  }

  /** What keeps this node's log and the database alike, if there is one. */
  Optional<Synchronizer> toDatabase() {
    return toDatabase;
  }

  /** Where nodes come to; empty if it did not start. */
  Optional<URI> address() {
    return server.map(SyncServer::address);
  }

  /** How it is; answers at once. */
  List<PartHealth> health() {
    List<PartHealth> parts = new ArrayList<>();
    address()
        .ifPresent(
            address ->
                parts.add(
                    new PartHealth(
                        "llama",
                        PartHealth.State.OK,
                        "for nodes: %s; %s".formatted(where(address), tokens.says()))));
    toDatabase.map(meeting -> ofDatabase(meeting.status())).ifPresent(parts::add);
    return parts;
  }

  private PartHealth ofDatabase(SyncStatus status) {
    boolean failing = status.failure().isPresent();
    return new PartHealth(
        "database",
        failing ? PartHealth.State.FAILING : PartHealth.State.OK,
        SyncWords.of(status, clock.instant())
            + (failing ? "; nodes are told to come again later" : ""));
  }

  private static String where(URI address) {
    return address.getHost().matches("0\\.0\\.0\\.0|\\[::]")
        ? "port %d of all addresses of this machine".formatted(address.getPort())
        : address.toString();
  }

  @Override
  public void close() {
    List<AutoCloseable> parts = new ArrayList<>();
    server.ifPresent(parts::add);
    pythonNodes.ifPresent(parts::add);
    toDatabase.ifPresent(parts::add);
    parts.add(tokens);
    database.ifPresent(parts::add);
    Closing.all(parts);
  }
}
