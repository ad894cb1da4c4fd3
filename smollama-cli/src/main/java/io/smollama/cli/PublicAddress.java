package io.smollama.cli;

import java.net.URI;
import java.util.Locale;

/** Tells addresses of the wide world from those of a house. No name is looked up. */
final class PublicAddress {
  private static final String OF_A_HOUSE =
      "localhost|\\[::1\\]|127\\..*|10\\..*|192\\.168\\..*|172\\.(1[6-9]|2[0-9]|3[01])\\..*"
          + "|169\\.254\\..*|\\[f[cd].*|\\[fe80:.*|.*\\.(local|lan|home|internal|home\\.arpa)";

  private PublicAddress() {}

  /** Whether what is sent there can be read by whoever is on the way. */
  static boolean isPlainHttpTo(URI address) {
    String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
    boolean name = host.indexOf('.') < 0 && host.indexOf(':') < 0; // of this network only
    return "http".equalsIgnoreCase(address.getScheme()) && !name && !host.matches(OF_A_HOUSE);
  }
}
