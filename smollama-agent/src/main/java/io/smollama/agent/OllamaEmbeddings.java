package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChatException;
import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingException;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Embeddings by a model of an Ollama server, for a node that has one anyway. What is longer than
 * the model reads is cut by the server. Several texts travel together. Thread-safe.
 */
public final class OllamaEmbeddings implements EmbeddingProvider {
  private static final Duration DEADLINE = Duration.ofMinutes(5);
  private static final int BATCH = 32;

  private final OllamaConfig config;
  private final String name;
  private final EmbeddingModel model;
  private final ModelHttp http;
  private volatile boolean checked;

  /**
   * @param config where Ollama is; the chat model that it names does not matter here
   * @param name the embedding model as Ollama calls it: {@code all-minilm}
   * @param model what is kept beside the vectors; its dimensions are those of Ollama's model
   */
  public OllamaEmbeddings(OllamaConfig config, String name, EmbeddingModel model) {
    this.config = config;
    this.name = name;
    this.model = model;
    this.http = new ModelHttp("Ollama", config.address(), Map.of(), config.stallTimeout());
  }

  @Override
  public EmbeddingModel model() {
    return model;
  }

  @Override
  public Embedding embed(String text) {
    return embedAll(List.of(text)).get(0);
  }

  @Override
  public List<Embedding> embedAll(List<String> texts) {
    http.requireOpen();
    List<Embedding> all = new ArrayList<>();
    try {
      requireEmbeddingModel();
      for (int from = 0; from < texts.size(); from += BATCH) {
        all.addAll(batch(texts.subList(from, Math.min(from + BATCH, texts.size()))));
      }
    } catch (ChatException e) {
      String said = e.getMessage().substring(e.culprit().length() + 2);
      throw new EmbeddingException(e.culprit(), said, e.isRetryable(), e);
    }
    return List.copyOf(all);
  }

  /** Ollama makes vectors with chat models, too; they mean nothing. */
  private void requireEmbeddingModel() {
    if (!checked) {
      Set<String> can = new OllamaServer(http).show(name).capabilities();
      if (!can.contains("embedding")) {
        throw failure("%s is no embedding model but for %s; name another".formatted(name, can));
      }
      checked = true;
    }
  }

  private List<Embedding> batch(List<String> texts) {
    ObjectNode body = ModelJson.object().put("model", name).put("truncate", true);
    OllamaForm.keepAlive(config, body);
    ArrayNode input = body.putArray("input");
    // Of an empty text alone Ollama makes no vector; within others it makes that of a blank.
    texts.forEach(text -> input.add(text.isEmpty() ? " " : text));
    JsonNode vectors = http.post("/api/embed", body, DEADLINE).path("embeddings");
    if (vectors.size() != texts.size()) {
      throw failure(
          "%s gave %d vectors for %d texts".formatted(name, vectors.size(), texts.size()));
    }
    List<Embedding> embeddings = new ArrayList<>();
    vectors.forEach(vector -> embeddings.add(embedding(vector)));
    return embeddings;
  }

  private Embedding embedding(JsonNode vector) {
    if (vector.size() != model.dimensions()) {
      throw failure(
          "%s has %d dimensions, but %s was set up with %d; set up the right number"
              .formatted(name, vector.size(), model.id(), model.dimensions()));
    }
    float[] components = new float[vector.size()];
    for (int i = 0; i < components.length; i++) {
      // NaN, which an embedding refuses, for what is no number.
      components[i] = (float) vector.get(i).asDouble(Double.NaN);
    }
    try {
      return Embedding.of(components);
    } catch (IllegalArgumentException e) {
      throw failure("%s gave a vector that is none: %s".formatted(name, e.getMessage()));
    }
  }

  private EmbeddingException failure(String says) {
    return new EmbeddingException(http.server(), says, false);
  }

  @Override
  public void close() {
    http.close();
  }
}
