package io.smollama.agent;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The section {@code ollama} of the configuration. Immutable.
 *
 * @param baseUrl the address, for example {@code http://192.168.1.50:11434}; goes before host and
 *     port
 * @param host a host, a {@code host:port} or an address, by the rules of Ollama's own {@code
 *     OLLAMA_HOST}
 * @param port the port, if the host does not name one
 * @param model the chat model; empty for the smallest installed one that can chat
 * @param keepAlive how long Ollama keeps the model in memory: {@code "30m"}, {@code "-1"} for ever,
 *     {@code "0"} not at all
 * @param numCtx the context in tokens; fixed, because a change makes Ollama load the model anew
 * @param numPredict the longest answer in tokens, whatever is asked for
 * @param stallTimeout the longest silence while a model thinks or speaks
 */
public record OllamaConfig(
    Optional<String> baseUrl,
    String host,
    int port,
    Optional<String> model,
    String keepAlive,
    int numCtx,
    int numPredict,
    Duration stallTimeout) {
  private static final Pattern KEEP_ALIVE = Pattern.compile("-?\\d+(ms|s|m|h)?");

  public OllamaConfig {
    if (!KEEP_ALIVE.matcher(keepAlive).matches()) {
      throw new IllegalArgumentException(
          "keep_alive is a number with s, m or h, or -1; was '%s'".formatted(keepAlive));
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("A port is 1 to 65535, was " + port);
    }
    if (numCtx < 512) {
      throw new IllegalArgumentException("num_ctx is at least 512, was " + numCtx);
    }
    if (numPredict < 1) {
      throw new IllegalArgumentException("num_predict is at least 1, was " + numPredict);
    }
    if (stallTimeout.isNegative() || stallTimeout.isZero()) {
      throw new IllegalArgumentException("stall_timeout is above zero, was " + stallTimeout);
    }
    OllamaAddress.of(baseUrl.orElse(host), port);
  }

  /** An Ollama on this machine. */
  public static OllamaConfig defaults() {
    return new OllamaConfig(
        Optional.empty(),
        "127.0.0.1",
        11434,
        Optional.empty(),
        "5m",
        2048,
        1024,
        Duration.ofMinutes(2));
  }

  /** The same with another chat model. */
  public OllamaConfig withModel(String name) {
    return new OllamaConfig(
        baseUrl, host, port, Optional.of(name), keepAlive, numCtx, numPredict, stallTimeout);
  }

  /** Where Ollama is. */
  public URI address() {
    return OllamaAddress.of(baseUrl.orElse(host), port);
  }
}
