package io.smollama.cli;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.smollama.core.EntryId;
import io.smollama.core.FileFailure;
import io.smollama.core.JournalException;
import io.smollama.sync.CreditAccounts;
import io.smollama.sync.PeerDirectory;
import io.smollama.sync.PostgresLogStore;
import io.smollama.sync.PostgresTokenStore;
import io.smollama.sync.PythonSyncService;
import io.smollama.sync.ReplicaSetup;
import io.smollama.sync.SharedReplica;
import io.smollama.sync.TokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL of a Llama server. It need not be there when the server starts, and may go and
 * come back: whoever asks for something of it is told so meanwhile. Thread-safe.
 */
final class LogDatabase implements AutoCloseable {
  /** A database may hold the logs of several groups; the program has one. */
  private static final long GROUP = 1;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

  /** Who asks right after a failure is told of it, and waits for nothing. */
  private static final Duration FAILURE_LASTS = Duration.ofSeconds(1);

  /** The driver tells each failure to this log as well; held so that it keeps its level. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  private final SyncDatabaseConfig config;
  private final ReplicaSetup setup;
  private final LongSupplier nanos;
  private @Nullable HikariDataSource connections;
  private @Nullable SharedReplica log;
  private @Nullable JournalException failure;
  private long failedAt;
  private boolean closed;

  LogDatabase(SyncDatabaseConfig config, ReplicaSetup setup, LongSupplier nanos) {
    this.config = config;
    this.setup = setup;
    this.nanos = nanos;
  }

  /** What people call it. */
  String name() {
    return config.name();
  }

  /**
   * The log in it, opened when it is asked for first.
   *
   * @throws JournalException if the database is away or does not let us in
   */
  synchronized SharedReplica log() {
    SharedReplica opened = log;
    if (opened == null) {
      if (failure != null && nanos.getAsLong() - failedAt < FAILURE_LASTS.toNanos()) {
        throw failure;
      }
      try {
        opened = PostgresLogStore.replica(connections(), GROUP, setup);
        log = opened;
        failure = null;
      } catch (JournalException e) {
        failure = e;
        failedAt = nanos.getAsLong();
        throw e;
      }
    }
    return opened;
  }

  /** Whose tokens are in it. */
  TokenStore tokens(InstantSource clock) {
    return PostgresTokenStore.open(connections(), GROUP, clock, new SecureRandom());
  }

  /** The service of nodes with Smollama for Python over the log in it. */
  PythonSyncService pythonNodes(
      PeerDirectory peers, CreditAccounts credits, Function<String, Optional<EntryId>> knownFacts) {
    return PythonSyncService.open(
        connections(), GROUP, this::log, peers, credits, ZoneId.systemDefault(), knownFacts);
  }

  private synchronized HikariDataSource connections() {
    if (closed) {
      throw new JournalException(config.name(), "was closed with the node", false);
    }
    HikariDataSource opened = connections;
    if (opened == null) {
      DRIVER.setLevel(Level.OFF);
      opened = new HikariDataSource(pool());
      connections = opened;
    }
    return opened;
  }

  private HikariConfig pool() {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("smollama");
    pool.setJdbcUrl(config.url().orElseThrow());
    config.user().ifPresent(pool::setUsername);
    config.passwordFile().map(LogDatabase::read).or(config::password).ifPresent(pool::setPassword);
    pool.setMaximumPoolSize(config.connections());
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(LONGEST_WAIT.toMillis());
    pool.setInitializationFailTimeout(-1);
    pool.addDataSourceProperty("ApplicationName", "smollama");
    // A server that is gone without a word must not hold a request for hours.
    pool.addDataSourceProperty("socketTimeout", "30");
    pool.addDataSourceProperty("connectTimeout", "3");
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    // After a failover the new primary is asked at once.
    pool.addDataSourceProperty("hostRecheckSeconds", "0");
    return pool;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw new UserError(
          "sync.database.password_file %s cannot be read (%s)"
              .formatted(file, FileFailure.reason(e)),
          e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (connections != null) {
      connections.close();
    }
  }
}
