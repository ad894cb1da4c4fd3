package io.smollama.cli;

import io.smollama.agent.OpenAiConfig;
import io.smollama.core.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The section {@code openai} of the configuration: a server with OpenAI's chat API, such as
 * llama.cpp's {@code llama-server}. Once it has an address the node talks with that server, and no
 * longer with Ollama. Immutable.
 *
 * @param baseUrl the address, with or without {@code /v1}; empty for none
 * @param model the model; empty for the first that the server names
 * @param apiKey what the server asks for; never shown
 * @param apiKeyFile a file with the key on its first line, for a configuration that others read
 * @param stallTimeout the longest silence while a model thinks or speaks
 */
public record ModelServerConfig(
    Optional<String> baseUrl,
    Optional<String> model,
    Optional<String> apiKey,
    Optional<Path> apiKeyFile,
    Duration stallTimeout) {

  public ModelServerConfig {
    Objects.requireNonNull(apiKeyFile, "apiKeyFile");
    Objects.requireNonNull(stallTimeout, "stallTimeout");
    baseUrl = given(baseUrl);
    model = given(model);
    apiKey = given(apiKey);
    if (apiKey.isPresent() && apiKeyFile.isPresent()) {
      throw new IllegalArgumentException("Name openai.api_key or openai.api_key_file, not both");
    }
    boolean part = model.isPresent() || apiKey.isPresent() || apiKeyFile.isPresent();
    if (part && baseUrl.isEmpty()) {
      throw new IllegalArgumentException(
          "openai.%s is of no use without openai.base_url, the address of the server"
              .formatted(
                  model.isPresent() ? "model" : apiKey.isPresent() ? "api_key" : "api_key_file"));
    }
    config(baseUrl.orElse("http://localhost"), model, apiKey, stallTimeout);
  }

  /** None named. */
  public static ModelServerConfig defaults() {
    return new ModelServerConfig(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofMinutes(2));
  }

  /** How to talk with the server, if one is named; reads the file of the key. */
  Optional<OpenAiConfig> server() {
    return baseUrl.map(
        url ->
            config(
                url,
                model,
                apiKeyFile.map(ModelServerConfig::read).or(() -> apiKey),
                stallTimeout));
  }

  private static OpenAiConfig config(
      String url, Optional<String> model, Optional<String> key, Duration stallTimeout) {
    return new OpenAiConfig(url, model, key, stallTimeout);
  }

  private static Optional<String> given(Optional<String> text) {
    return text.map(String::strip).filter(some -> !some.isEmpty());
  }

  private static String read(Path file) {
    try {
      String key = Files.readString(file).strip();
      config("http://localhost", Optional.empty(), Optional.of(key), Duration.ofMinutes(2));
      return key;
    } catch (IllegalArgumentException e) {
      throw new UserError("openai.api_key_file %s: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new UserError(
          "openai.api_key_file %s cannot be read (%s)".formatted(file, FileFailure.reason(e)), e);
    }
  }

  /** Keeps the key out of logs. */
  @Override
  public String toString() {
    return "ModelServerConfig[baseUrl=%s, model=%s, apiKey=%s, apiKeyFile=%s, stallTimeout=%s]"
        .formatted(baseUrl, model, apiKey.map(key -> "…"), apiKeyFile, stallTimeout);
  }
}
