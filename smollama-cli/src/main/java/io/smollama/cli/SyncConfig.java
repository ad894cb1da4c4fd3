package io.smollama.cli;

import io.smollama.dashboard.SyncServerConfig;
import io.smollama.sync.HttpSyncConfig;
import io.smollama.sync.SynchronizerConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The section {@code sync} of the configuration: which server a node shares what it knows with, and
 * how a Llama server listens for nodes. Immutable.
 *
 * @param enabled whether to meet the server that is named
 * @param llamaUrl its address; empty for none
 * @param token what that server gave out for this node
 * @param tokenFile a file with the token on its first line, for a configuration that others read
 * @param syncInterval from one meeting to the next when nothing new is known
 * @param server where a Llama server listens; looked at only by one
 */
public record SyncConfig(
    boolean enabled,
    Optional<String> llamaUrl,
    Optional<String> token,
    Optional<Path> tokenFile,
    Duration syncInterval,
    SyncServerConfig server) {
  public SyncConfig {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(tokenFile, "tokenFile");
    llamaUrl = llamaUrl.map(String::strip).filter(url -> !url.isEmpty());
    token = token.map(String::strip).filter(text -> !text.isEmpty());
    schedule(syncInterval);
    llamaUrl.ifPresent(url -> HttpSyncConfig.of(address(url), Optional.empty()));
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
        SyncServerConfig.defaults());
  }

  /** When to meet the server. */
  SynchronizerConfig schedule() {
    return schedule(syncInterval);
  }

  private static SynchronizerConfig schedule(Duration interval) {
    return SynchronizerConfig.DEFAULT.every(interval);
  }

  /** The address of the server, if one is to be met. */
  Optional<URI> address() {
    return enabled ? llamaUrl.map(SyncConfig::address) : Optional.empty();
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
