package io.smollama.dashboard;

import java.util.Objects;

/**
 * The section {@code dashboard} of the configuration. Immutable.
 *
 * @param enabled whether a node shows a dashboard; looked at by whoever assembles the node
 * @param host a loopback name or address: {@code localhost}, {@code 127.0.0.1}, {@code ::1}
 * @param port the port, 0 to 65535; 0 for any free one
 */
public record DashboardConfig(boolean enabled, String host, int port) {
  public DashboardConfig {
    Objects.requireNonNull(host, "host");
    if (!LoopbackName.is(host)) {
      throw new IllegalArgumentException(
          "The dashboard would be open to the network on host '%s'. That needs a password or token first, and this version has none yet. Keep host 127.0.0.1 and reach it through an SSH tunnel: ssh -L 8080:127.0.0.1:8080 pi"
              .formatted(host));
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "The dashboard's port is 0 (any free one) to 65535, was " + port);
    }
  }

  /** On, at {@code 127.0.0.1:8080}. */
  public static DashboardConfig defaults() {
    return new DashboardConfig(true, "127.0.0.1", 8080);
  }
}
