package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/** Which model a server with OpenAI's API has; asked anew every few seconds. Thread-safe. */
final class OpenAiModels {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

  private final ModelHttp http;
  private final Optional<String> wanted;
  private Finding last = Finding.none("not asked yet", true);
  private long askedAt;
  private boolean asked;

  OpenAiModels(ModelHttp http, Optional<String> wanted) {
    this.http = http;
    this.wanted = wanted;
  }

  /** The model to use, if any, what to tell a person, and what kind of server it is. */
  record Finding(
      Optional<ChatCapabilities> model, String says, boolean canPass, boolean isLlamaServer) {
    static Finding none(String says, boolean canPass) {
      return new Finding(Optional.empty(), says, canPass, false);
    }
  }

  /** What was found is no longer so; the next look asks anew. */
  synchronized void forget() {
    asked = false;
  }

  synchronized Finding current() {
    long now = System.nanoTime();
    if (!asked || now - askedAt > FRESH_NANOS) {
      last = find();
      // What an interrupted thread could not find out says nothing about the server.
      asked = !Thread.currentThread().isInterrupted();
      askedAt = System.nanoTime();
    }
    return last;
  }

  List<String> all() {
    JsonNode data = http.get("/v1/models", PATIENCE).path("data");
    return StreamSupport.stream(data.spliterator(), false).map(m -> m.path("id").asText()).toList();
  }

  private Finding find() {
    try {
      List<String> there = all();
      Optional<String> model =
          wanted.isPresent() ? wanted.filter(there::contains) : there.stream().findFirst();
      return model
          .map(this::found)
          .orElseGet(
              () ->
                  Finding.none(
                      wanted
                          .map(
                              name -> "model %s is not there; there are: %s".formatted(name, there))
                          .orElse("the server has no model"),
                      false));
    } catch (ChatException e) {
      return Finding.none(e.getMessage().substring(e.culprit().length() + 2), e.isRetryable());
    } catch (IllegalStateException e) {
      return Finding.none("closed", false); // by another thread meanwhile
    }
  }

  private Finding found(String model) {
    Optional<JsonNode> properties = llamaServerProperties();
    OptionalInt context =
        properties
            .map(p -> ModelJson.count(p.path("default_generation_settings").path("n_ctx")))
            .orElse(OptionalInt.empty());
    boolean vision =
        properties.map(p -> p.path("modalities").path("vision").asBoolean()).orElse(false);
    boolean thinking =
        properties
            .map(p -> p.path("chat_template").asText().contains("enable_thinking"))
            .orElse(false);
    // The API has no word for tools; llama-server gives them to any model.
    ChatCapabilities can = new ChatCapabilities(model, true, thinking, vision, context);
    return new Finding(Optional.of(can), "model " + model, true, properties.isPresent());
  }

  private Optional<JsonNode> llamaServerProperties() {
    try {
      return Optional.of(http.get("/props", PATIENCE))
          .filter(properties -> properties.has("default_generation_settings"));
    } catch (ChatException e) {
      return Optional.empty(); // other servers do not have them
    }
  }
}
