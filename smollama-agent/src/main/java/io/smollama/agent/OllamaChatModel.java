package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import okio.BufferedSource;

/**
 * A chat model of an Ollama server (its REST API, as of version 0.30). The answer is streamed, so
 * that silence and not slowness ends a call, and always bounded in length. Thread-safe.
 */
public final class OllamaChatModel implements ChatModel {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OllamaConfig config;
  private final OllamaHttp http;
  private final OllamaModels models;

  public OllamaChatModel(OllamaConfig config) {
    this.config = config;
    this.http = new OllamaHttp(config);
    this.models = new OllamaModels(http, config.model());
  }

  @Override
  public Optional<String> available() {
    return models.current().model();
  }

  /** Where Ollama is and what it has, or why it cannot be used, in one line for a person. */
  public String state() {
    return models.current().says();
  }

  @Override
  public ChatReply chat(ChatRequest request) {
    OllamaModels.Finding found = models.current();
    String model = found.model().orElseThrow(() -> new ChatException("Ollama", found.says(), true));
    try (OllamaHttp.Answer answer =
        http.post("/api/chat", body(model, request).toString(), request.deadline())) {
      return read(model, answer.lines());
    } catch (IOException e) {
      throw new ChatException("Ollama at " + config.address(), http.reason(e), true, e);
    }
  }

  private ObjectNode body(String model, ChatRequest request) {
    ObjectNode body = JSON.createObjectNode();
    body.put("model", model);
    ArrayNode messages = body.putArray("messages");
    for (ChatMessage message : request.messages()) {
      messages
          .addObject()
          .put("role", message.role().name().toLowerCase(Locale.ROOT))
          .put("content", message.content());
    }
    body.put("stream", true);
    body.put("think", false);
    if (config.keepAlive().matches("-?\\d+")) {
      body.put("keep_alive", Long.parseLong(config.keepAlive()));
    } else {
      body.put("keep_alive", config.keepAlive());
    }
    ObjectNode options = body.putObject("options");
    options.put("num_ctx", config.numCtx());
    options.put("num_predict", request.maxTokens());
    options.put("temperature", 0);
    return body;
  }

  private ChatReply read(String model, BufferedSource lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
      if (line.isBlank()) {
        continue;
      }
      JsonNode part = JSON.readTree(line);
      if (part.has("error")) {
        throw new ChatException(model, part.path("error").asText(), true);
      }
      text.append(part.path("message").path("content").asText(""));
      if (part.path("done").asBoolean()) {
        boolean complete = !part.path("done_reason").asText().equals("length");
        return new ChatReply(withoutThoughts(text.toString()), model, complete);
      }
    }
    throw new ChatException(model, "the answer broke off", true);
  }

  /** Some models think aloud even when told not to. */
  private static String withoutThoughts(String text) {
    return text.replaceFirst("(?s)^.*?</think>", "").strip();
  }

  @Override
  public void close() {
    http.close();
  }
}
