package io.smollama.dashboard;

import java.util.Objects;

/**
 * The section {@code sync.server} of the configuration: where a Llama server listens for nodes.
 * Immutable.
 *
 * @param host the address to listen on; {@code 0.0.0.0} for all of this machine
 * @param port 0 to 65535; 0 for any free one
 * @param megabytesPerDay how much each device may bring in a day, in millions of bytes
 */
public record SyncServerConfig(String host, int port, int megabytesPerDay) {
  public SyncServerConfig {
    Objects.requireNonNull(host, "host");
    if (host.isBlank()) {
      throw new IllegalArgumentException(
          "The host to listen on for nodes is an address of this machine, or 0.0.0.0 for all; was empty");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "The port to listen on for nodes is 0 (any free one) to 65535, was " + port);
    }
    if (megabytesPerDay < 1) {
      throw new IllegalArgumentException(
          "A device may bring at least 1 megabyte a day, was " + megabytesPerDay);
    }
  }

  /** On all addresses of this machine, port 8090; 200 MB a day for each device. */
  public static SyncServerConfig defaults() {
    return new SyncServerConfig("0.0.0.0", 8090, 200);
  }

  /** Whether only programs of this machine can reach it. */
  public boolean isLoopback() {
    return LoopbackName.is(host);
  }

  /** What each device may bring in a day, in bytes. */
  public long bytesPerDay() {
    return megabytesPerDay * 1_000_000L;
  }
}
