package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChatException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * An Ollama server and its models: what is installed, what is loaded, what a model can do, and
 * fetching one. Every failure is a {@link ChatException}. Thread-safe.
 */
public final class OllamaServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration LONGEST_PULL = Duration.ofDays(2);
  private static final Duration PULL_SILENCE =
      Duration.ofMinutes(15); // checking a slow card's file

  private final ModelHttp http;

  public OllamaServer(OllamaConfig config) {
    this(new ModelHttp("Ollama", config.address(), Map.of(), config.stallTimeout()));
  }

  OllamaServer(ModelHttp http) {
    this.http = http;
  }

  /**
   * A model on the server's disk. Immutable.
   *
   * @param name with its tag
   * @param digest changes whenever the model does; empty on servers that do not say
   * @param bytes its size
   * @param family what it is a kind of, for example {@code llama}; empty if the server does not say
   * @param parameters how many it has, for example {@code 1.2B}; empty if the server does not say
   * @param quantization how they are written, for example {@code Q4_K_M}; empty likewise
   */
  public record Installed(
      String name,
      String digest,
      long bytes,
      String family,
      String parameters,
      String quantization) {}

  /**
   * A model in the server's memory. Immutable.
   *
   * @param name with its tag
   * @param bytes how much memory it has
   * @param contextTokens the context that it was really loaded with; empty on older servers
   */
  public record Loaded(String name, long bytes, OptionalInt contextTokens) {}

  /**
   * What a model is. Immutable.
   *
   * @param capabilities in Ollama's words: completion, tools, thinking, vision, embedding …; of a
   *     server that does not say, what its family implies
   * @param contextTokens the longest context that it was made for; empty if not known
   */
  public record Shown(Set<String> capabilities, OptionalInt contextTokens) {
    public Shown {
      capabilities = Set.copyOf(capabilities);
    }
  }

  /**
   * How far the fetching of a model is. Immutable.
   *
   * @param status what is being done, in Ollama's words
   * @param completedBytes of the file at hand; empty if none is fetched
   * @param totalBytes of the file at hand; empty if none is fetched
   */
  public record PullProgress(String status, OptionalLong completedBytes, OptionalLong totalBytes) {}

  /** The server's version; builds of one's own say 0.0.0. */
  public String version() {
    return http.get("/api/version", PATIENCE).path("version").asText();
  }

  /** The models on its disk. */
  public List<Installed> installed() {
    return models(
        "/api/tags",
        model ->
            new Installed(
                model.path("name").asText(),
                model.path("digest").asText(),
                model.path("size").asLong(),
                model.path("details").path("family").asText(),
                model.path("details").path("parameter_size").asText(),
                model.path("details").path("quantization_level").asText()));
  }

  /** The models in its memory. */
  public List<Loaded> loaded() {
    return models(
        "/api/ps",
        model ->
            new Loaded(
                model.path("name").asText(),
                model.path("size").asLong(),
                ModelJson.count(model.path("context_length"))));
  }

  /** What a model is and can do. */
  public Shown show(String model) {
    JsonNode shown = http.post("/api/show", named(model), PATIENCE);
    JsonNode info = shown.path("model_info");
    String family = info.path("general.architecture").asText();
    JsonNode told = shown.path("capabilities");
    Set<String> capabilities =
        told.isArray()
            ? stream(told).map(JsonNode::asText).collect(Collectors.toSet())
            : Set.of(family.contains("bert") ? "embedding" : "completion");
    return new Shown(capabilities, ModelJson.count(info.path(family + ".context_length")));
  }

  /**
   * Fetches a model and waits until it is there, for hours where the line is slow. What was fetched
   * stays when it ends early, and the next call goes on from there.
   *
   * @param listener hears how far it is, several times a second, on the calling thread
   */
  public void pull(String model, Consumer<PullProgress> listener) {
    ObjectNode body = named(model).put("stream", true);
    http.post(
        "/api/pull",
        body,
        LONGEST_PULL,
        PULL_SILENCE,
        lines -> {
          readPull(lines, listener);
          return true;
        });
  }

  private void readPull(ServerLines lines, Consumer<PullProgress> listener) throws IOException {
    for (var line = lines.next(); line.isPresent(); line = lines.next()) {
      if (line.get().isBlank()) {
        continue;
      }
      JsonNode part = ModelJson.line(line.get());
      if (part.has("error")) {
        throw http.complaint(ServerComplaint.ofPart(part.get("error")));
      }
      String status = part.path("status").asText();
      listener.accept(
          new PullProgress(status, bytes(part.path("completed")), bytes(part.path("total"))));
      if (status.equals("success")) {
        return;
      }
    }
    throw new ChatException(http.server(), "the fetching broke off; try again, it goes on", true);
  }

  private <T> List<T> models(String path, Function<JsonNode, T> form) {
    return stream(http.get(path, PATIENCE).path("models")).map(form).toList();
  }

  private static OptionalLong bytes(JsonNode node) {
    return node.isNumber() ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
  }

  private static ObjectNode named(String model) {
    return ModelJson.object().put("model", model);
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false);
  }

  /** A name with its tag, which is {@code latest} if none is given. */
  static String tagged(String name) {
    return name.lastIndexOf(':') > name.lastIndexOf('/') ? name : name + ":latest";
  }

  @Override
  public void close() {
    http.close();
  }
}
