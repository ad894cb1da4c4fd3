package io.smollama.cli;

import io.smollama.core.ChainId;
import io.smollama.dashboard.SyncServerConfig;
import io.smollama.sync.HttpSyncConfig;
import io.smollama.sync.SyncScope;
import io.smollama.sync.SynchronizerConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The section {@code sync} of the configuration: which server a node shares what it knows with, and
 * how a Llama server listens for nodes. Immutable.
 *
 * @param enabled whether to meet the server that is named
 * @param llamaUrl its address; empty for none
 * @param token what that server gave out for this node
 * @param tokenFile a file with the token on its first line, for a configuration that others read
 * @param syncInterval from one meeting to the next when nothing new is known
 * @param overMessages whether a Llama server answers nodes over messages, too; looked at only by
 *     one
 * @param take what to take from the server besides what is known; what is held is given, all of it
 * @param scope whose entries to take: those of all, or this node's own only
 * @param readings what to share of what the node's own sources say
 * @param server where a Llama server listens; looked at only by one
 * @param database where a Llama server keeps what nodes bring; looked at only by one
 */
public record SyncConfig(
    boolean enabled,
    Optional<String> llamaUrl,
    Optional<String> token,
    Optional<Path> tokenFile,
    Duration syncInterval,
    boolean overMessages,
    List<Bulk> take,
    SyncScope scope,
    SharedReadingsConfig readings,
    SyncServerConfig server,
    SyncDatabaseConfig database) {
  private static final String OVER_MESSAGES = "mqtt";

  /** What a log may hold besides observations and facts. Immutable. */
  public enum Bulk {
    /** Sums of readings. */
    ROLLUPS(ChainId.ROLLUPS),
    /** Single readings. */
    READINGS(ChainId.READINGS);

    private final int stream;

    Bulk(int stream) {
      this.stream = stream;
    }
  }

  public SyncConfig {
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(readings, "readings");
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(tokenFile, "tokenFile");
    Objects.requireNonNull(database, "database");
    llamaUrl = llamaUrl.map(String::strip).filter(url -> !url.isEmpty());
    token = token.map(String::strip).filter(text -> !text.isEmpty());
    take = List.copyOf(take);
    SynchronizerConfig.DEFAULT.every(syncInterval);
    URI any = llamaUrl.map(SyncConfig::address).orElse(URI.create("http://localhost"));
    boolean byToken = token.isPresent() || tokenFile.isPresent();
    if (any.isOpaque() && any.getScheme().equals(OVER_MESSAGES)) {
      if (byToken) {
        throw new IllegalArgumentException(
            "Over mqtt: no token is sent, since others may read it; the broker decides who may ask");
      }
    } else {
      HttpSyncConfig.of(any, token);
    }
    if (token.isPresent() && tokenFile.isPresent()) {
      throw new IllegalArgumentException("Name a token or a token_file, not both");
    }
  }

  /** On, every five minutes, with no server named. */
  public static SyncConfig defaults() {
    return new SyncConfig(
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        SynchronizerConfig.DEFAULT.interval(),
        false,
        List.of(),
        SyncScope.ALL,
        SharedReadingsConfig.defaults(),
        SyncServerConfig.defaults(),
        SyncDatabaseConfig.defaults());
  }

  /** When to meet the server, and what to take from it. */
  SynchronizerConfig meeting() {
    Set<Integer> streams = new TreeSet<>(Set.of(ChainId.CONTROL, ChainId.KNOWLEDGE));
    take.forEach(bulk -> streams.add(bulk.stream));
    return SynchronizerConfig.DEFAULT.every(syncInterval).taking(streams).taking(scope);
  }

  /** The address of the server, if one is to be met. */
  Optional<URI> address() {
    return enabled ? llamaUrl.map(SyncConfig::address) : Optional.empty();
  }

  /** The name of the server, if it is met over messages. */
  Optional<String> serverOverMessages() {
    return address()
        .filter(URI::isOpaque)
        .filter(address -> address.getScheme().equals(OVER_MESSAGES))
        .map(URI::getSchemeSpecificPart);
  }

  private static URI address(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "A Llama server's address is written http://host:port or https://host, was '%s'"
              .formatted(text),
          e);
    }
  }

  /** Keeps the token out of logs. */
  @Override
  public String toString() {
    return "SyncConfig[%s, %s, every %s]".formatted(enabled, llamaUrl, syncInterval);
  }
}
