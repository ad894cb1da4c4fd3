package io.smollama.agent;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Reads an address as Ollama reads its {@code OLLAMA_HOST}: blanks and quotes around it do not
 * count; without a scheme it is http and the given port; with one the port is that of the scheme; a
 * path stays as a prefix; the address of all interfaces means this machine. A port that is none is
 * refused, where Ollama would take its own instead.
 */
final class OllamaAddress {
  private OllamaAddress() {}

  static URI of(String text, int defaultPort) {
    String trimmed = text.strip().replaceAll("^[\"']+|[\"']+$", "").strip();
    boolean hasScheme = trimmed.contains("://");
    try {
      URI uri = new URI(hasScheme ? trimmed : "http://" + trimmed);
      if (uri.getHost() == null
          || !uri.getScheme().matches("https?")
          || uri.getPort() == 0
          || uri.getPort() > 65_535) {
        throw new IllegalArgumentException(wrong(text));
      }
      int schemePort = uri.getScheme().equals("https") ? 443 : 80;
      int port = uri.getPort() >= 0 ? uri.getPort() : hasScheme ? schemePort : defaultPort;
      String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("/+$", "");
      return new URI(uri.getScheme(), null, reachable(uri.getHost()), port, path, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(wrong(text), e);
    }
  }

  private static String reachable(String host) {
    return switch (host) {
      case "0.0.0.0", "localhost" -> "127.0.0.1";
      case "[::]" -> "[::1]";
      default -> host;
    };
  }

  private static String wrong(String text) {
    return "An address is written http://host:11434, was '%s'".formatted(text);
  }
}
