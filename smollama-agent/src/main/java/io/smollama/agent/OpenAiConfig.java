package io.smollama.agent;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a server with OpenAI's chat API is, such as llama.cpp's {@code llama-server}. Immutable.
 *
 * @param baseUrl the address, with or without {@code /v1} at its end; the port of llama-server
 *     differs between its versions
 * @param model the model; empty for the first that the server names
 * @param apiKey sent as bearer token; never shown
 * @param stallTimeout the longest silence while a model thinks or speaks
 */
public record OpenAiConfig(
    String baseUrl, Optional<String> model, Optional<String> apiKey, Duration stallTimeout) {
  private static final int DEFAULT_PORT = 9931;

  public OpenAiConfig {
    if (stallTimeout.isNegative() || stallTimeout.isZero()) {
      throw new IllegalArgumentException("stall_timeout is above zero, was " + stallTimeout);
    }
    if (apiKey.isPresent() && !apiKey.get().matches("[!-~]+")) {
      throw new IllegalArgumentException(
          "An API key has visible ASCII characters only, no blanks, on one line");
    }
    OllamaAddress.of(baseUrl, DEFAULT_PORT);
  }

  /** A server that serves one model and asks for no key. */
  public static OpenAiConfig at(String baseUrl) {
    return new OpenAiConfig(baseUrl, Optional.empty(), Optional.empty(), Duration.ofMinutes(2));
  }

  /** Where the server is, without {@code /v1}. */
  public URI address() {
    URI whole = OllamaAddress.of(baseUrl, DEFAULT_PORT);
    return URI.create(whole.toString().replaceFirst("/v1$", ""));
  }

  /** The same with another model. */
  public OpenAiConfig withModel(String name) {
    return new OpenAiConfig(baseUrl, Optional.of(name), apiKey, stallTimeout);
  }

  @Override
  public String toString() {
    return "OpenAiConfig[baseUrl=%s, model=%s, apiKey=%s, stallTimeout=%s]"
        .formatted(baseUrl, model, apiKey.map(key -> "…"), stallTimeout);
  }
}
