package io.smollama.cli;

import io.smollama.core.ChainId;
import io.smollama.core.FileFailure;
import io.smollama.core.Frontier;
import io.smollama.core.MessageBus;
import io.smollama.core.SyncTransport;
import io.smollama.dashboard.PartHealth;
import io.smollama.dashboard.SyncServerConfig;
import io.smollama.dashboard.SyncWords;
import io.smollama.memory.MemoryStore;
import io.smollama.sync.CreditAccounts;
import io.smollama.sync.HttpSyncConfig;
import io.smollama.sync.HttpSyncTransport;
import io.smollama.sync.MessageSyncResponder;
import io.smollama.sync.MessageSyncTransport;
import io.smollama.sync.SqliteJournal;
import io.smollama.sync.SyncSetup;
import io.smollama.sync.SyncStatus;
import io.smollama.sync.Synchronizer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the log of this node and those of others meet: the synchronizer that goes to its server, and
 * the server that nodes come to if this is one. Neither keeps anything else waiting. Thread-safe.
 */
final class NodeSync implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeSync.class);

  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(1);

  private static final String IN_CLEAR =
      "plain http to a public address, so the token and what this node knows travel in clear";

  private final NodeConfig config;
  private final MessageBus bus;
  private final SqliteJournal journal;
  private final Optional<NodeServer> server;
  private final Optional<Synchronizer> synchronizer;
  private final InstantSource clock;
  private volatile boolean started;
  private Runnable endOfListening = () -> {};
  private Optional<MessageSyncResponder> responder = Optional.empty();

  private NodeSync(
      NodeConfig config,
      MessageBus bus,
      SqliteJournal journal,
      Optional<NodeServer> server,
      Optional<Synchronizer> synchronizer,
      InstantSource clock) {
    this.config = config;
    this.bus = bus;
    this.journal = journal;
    this.server = server;
    this.synchronizer = synchronizer;
    this.clock = clock;
  }

  /** Assembles it; nothing goes over a network before the start. */
  static NodeSync of(
      StateFolder state,
      NodeConfig config,
      SqliteJournal journal,
      MessageBus bus,
      InstantSource clock) {
    Optional<Synchronizer> synchronizer =
        config
            .sync()
            .address()
            .map(address -> synchronizer(transport(address, config, bus), config, journal, clock));
    Optional<NodeServer> server =
        config.node().role() == NodeConfig.Role.LLAMA
            ? Optional.of(NodeServer.of(state, config, journal, clock))
            : Optional.empty();
    return new NodeSync(config, bus, journal, server, synchronizer, clock);
  }

  private static Synchronizer synchronizer(
      SyncTransport transport, NodeConfig config, SqliteJournal journal, InstantSource clock) {
    SyncSetup setup =
        new SyncSetup(clock, System::nanoTime, new SecureRandom(), journal.clockMarks()::told);
    return new Synchronizer(journal.replica(), transport, config.sync().meeting(), setup, () -> {});
  }

  private static SyncTransport transport(URI address, NodeConfig config, MessageBus bus) {
    Optional<String> server = config.sync().serverOverMessages();
    if (server.isPresent()) {
      return MessageSyncTransport.open(
          bus, config.mqtt().prefix(), server.get(), config.node().name(), LONGEST_ANSWER);
    }
    Optional<String> token = config.sync().tokenFile().map(NodeSync::read).or(config.sync()::token);
    return HttpSyncTransport.open(HttpSyncConfig.of(address, token));
  }

  private static String read(Path file) {
    try {
      String token = Files.readString(file).strip();
      HttpSyncConfig.of(URI.create("http://localhost"), Optional.of(token));
      return token;
    } catch (IllegalArgumentException e) {
      throw new UserError("sync.token_file %s: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new UserError(
          "sync.token_file %s cannot be read (%s)".formatted(file, FileFailure.reason(e)), e);
    }
  }

  /**
   * Begins to meet the server, and to be one.
   *
   * @param memory over the same journal
   */
  void start(MemoryStore memory) {
    started = true;
    server.ifPresent(own -> own.start(memory));
    if (server.isPresent() && config.sync().overMessages()) {
      SyncServerConfig listening = config.sync().server();
      CreditAccounts credits = new CreditAccounts(listening.bytesPerDay(), System::nanoTime);
      responder =
          Optional.of(
              MessageSyncResponder.open(
                  bus,
                  config.mqtt().prefix(),
                  config.node().name(),
                  MessageSyncResponder.over(journal.replica(), listening.offers(), credits)));
    }
    endOfListening = journal.replica().onGrowth(this::grown);
    if (synchronizer.isPresent()) {
      synchronizer.get().start();
      if (isInClear()) {
        LOG.warn("{}: {}. Use https", config.sync().address().orElseThrow(), IN_CLEAR);
      }
      LOG.info(
          "Shares what it knows with {} every {} s",
          config.sync().address().orElseThrow(),
          config.sync().syncInterval().toSeconds());
    }
  }

  /** New knowledge of this node goes out soon, and under which identity it goes on. */
  private void grown(Set<ChainId> chains) {
    boolean news =
        chains.stream()
            .anyMatch(
                chain ->
                    chain.stream() <= ChainId.KNOWLEDGE && chain.origin().equals(journal.origin()));
    if (news) {
      synchronizer.ifPresent(Synchronizer::wake);
      server.flatMap(NodeServer::toDatabase).ifPresent(Synchronizer::wake);
    }
  }

  /** What goes to the server, or to the database of this one; empty if none is to be met. */
  Optional<Synchronizer> synchronizer() {
    return synchronizer.or(() -> server.flatMap(NodeServer::toDatabase));
  }

  /** What a server is known to hold durably; empty if that is not known. */
  Optional<Frontier> agreed() {
    return synchronizer().flatMap(Synchronizer::agreed);
  }

  /** Lets go of what the nodes that came say is old. */
  void tidy() {
    server.ifPresent(NodeServer::tidy);
  }

  /** Where nodes come to; empty if this is no server, or did not start. */
  Optional<URI> address() {
    return server.flatMap(NodeServer::address);
  }

  /** How sharing is; answers at once. */
  List<PartHealth> health() {
    List<PartHealth> parts = new ArrayList<>();
    parts.add(
        synchronizer
            .map(meeting -> ofServer(meeting.status()))
            .orElseGet(() -> new PartHealth("sync", PartHealth.State.ABSENT, alone())));
    server.map(NodeServer::health).ifPresent(parts::addAll);
    return parts;
  }

  private String alone() {
    boolean named = config.sync().llamaUrl().isPresent();
    if (named) {
      return "switched off (sync.enabled: false); what this node knows stays on it";
    }
    return config.node().role() == NodeConfig.Role.LLAMA
        ? "this is the server, and meets no other (sync.llama_url)"
        : "no server is named (sync.llama_url); what this node knows stays on it";
  }

  private PartHealth ofServer(SyncStatus status) {
    if (!started) {
      String idle = "%s: no node runs, so nothing is exchanged; 'smollama sync now' meets it once";
      return new PartHealth("sync", PartHealth.State.ABSENT, idle.formatted(status.peer()));
    }
    PartHealth.State state =
        status
            .failure()
            .map(f -> f.needsMending() ? PartHealth.State.FAILING : PartHealth.State.ABSENT)
            .orElse(PartHealth.State.OK);
    String clear = isInClear() ? "; " + IN_CLEAR : "";
    return new PartHealth("sync", state, SyncWords.of(status, clock.instant()) + clear);
  }

  private boolean isInClear() {
    return config.sync().address().filter(PublicAddress::isPlainHttpTo).isPresent();
  }

  @Override
  public void close() {
    endOfListening.run();
    List<AutoCloseable> parts = new ArrayList<>();
    responder.ifPresent(parts::add);
    server.ifPresent(parts::add);
    synchronizer.ifPresent(parts::add);
    Closing.all(parts);
  }
}
