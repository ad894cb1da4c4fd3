package io.smollama.sync;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How to reach a Llama server. Immutable.
 *
 * @param address for example {@code https://llama.example:8443}; a path in it is kept as a prefix
 * @param token what the server gave out for this node; empty if it asks for none
 * @param connectTimeout how long to wait for a connection
 * @param stallTimeout how long a connection may stand still, also while the server stores what it
 *     got
 */
public record HttpSyncConfig(
    URI address, Optional<String> token, Duration connectTimeout, Duration stallTimeout) {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration STALL = Duration.ofSeconds(60);

  public HttpSyncConfig {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(connectTimeout, "connectTimeout");
    Objects.requireNonNull(stallTimeout, "stallTimeout");
    String scheme = String.valueOf(address.getScheme());
    if (!scheme.matches("https?") || address.getHost() == null) {
      throw new IllegalArgumentException(
          "A Llama server's address is written http://host:port or https://host, was '%s'"
              .formatted(address));
    }
    if (address.getUserInfo() != null
        || address.getQuery() != null
        || address.getFragment() != null) {
      throw new IllegalArgumentException(
          "A Llama server's address has no user, '?' or '#'; a token is given apart from it");
    }
    if (!token.map(text -> text.matches("[!-~]{1,500}")).orElse(true)) {
      throw new IllegalArgumentException(
          "A token has no blanks or special characters; copy it as the server printed it");
    }
  }

  /** With the usual timeouts. */
  public static HttpSyncConfig of(URI address, Optional<String> token) {
    return new HttpSyncConfig(address, token, CONNECT, STALL);
  }

  /** The address without a slash at its end. */
  String base() {
    return address.toString().replaceAll("/+$", "");
  }

  /** A machine's own address is never reached through a proxy. */
  boolean isLoopback() {
    String host = address.getHost();
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.[0-9]{1,3}){3}")
        || host.equals("[::1]");
  }

  @Override
  public String toString() {
    return "HttpSyncConfig[%s, %s]".formatted(address, token.isPresent() ? "a token" : "no token");
  }
}
