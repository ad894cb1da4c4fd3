package io.smollama.mqtt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a broker listens. Immutable.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 * @param tls whether the way is encrypted
 */
record BrokerAddress(String host, int port, boolean tls) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(tcp|mqtt|mqtts|ssl|tls)://)?(\\[[0-9a-fA-F:.%]+]|[^\\s:/@\\[\\]]+)(?::(\\d{1,5}))?/?");
  private static final int PLAIN = 1883;
  private static final int ENCRYPTED = 8883;

  BrokerAddress {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("A port is 1 to 65535, was " + port);
    }
  }

  /**
   * Reads an address.
   *
   * @param text {@code tcp://host:port}, {@code mqtts://host:port} for TLS, or a host alone
   * @param port goes for an address without one; 0 for the usual one
   */
  static BrokerAddress of(String text, int port) {
    Matcher parts = FORM.matcher(text.strip());
    if (!parts.matches()) {
      // what is before an @ may be a password, and a message is read by many
      throw new IllegalArgumentException(
          "A broker is written tcp://host:1883, mqtts://host:8883 or as a host, was '%s'"
              .formatted(text.replaceAll("//.*@", "//…@")));
    }
    boolean tls = parts.group(1) != null && !parts.group(1).matches("tcp|mqtt");
    int usual = port != 0 ? port : tls ? ENCRYPTED : PLAIN;
    int given = parts.group(3) == null ? usual : Integer.parseInt(parts.group(3));
    return new BrokerAddress(parts.group(2).replaceAll("[\\[\\]]", ""), given, tls);
  }

  @Override
  public String toString() {
    String written = host.contains(":") ? "[" + host + "]" : host;
    return "%s://%s:%d".formatted(tls ? "mqtts" : "tcp", written, port);
  }
}
