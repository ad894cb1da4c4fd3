package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatException;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatReply.Ending;
import io.smollama.core.ChatRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A chat model of an Ollama server (its REST API, as of version 0.33). The answer is streamed, so
 * that silence and not slowness ends a call, and always bounded in length. A call that a small
 * model wrote as words is found among them. A conversation that is longer than the context is
 * refused, where Ollama itself would forget its beginning. Thread-safe.
 */
public final class OllamaChatModel implements ChatModel {
  private final OllamaConfig config;
  private final ModelHttp http;
  private final OllamaModels models;

  public OllamaChatModel(OllamaConfig config) {
    this.config = config;
    this.http = new ModelHttp("Ollama", config.address(), Map.of(), config.stallTimeout());
    this.models = new OllamaModels(new OllamaServer(http), config);
  }

  @Override
  public Optional<ChatCapabilities> capabilities() {
    return http.isClosed() ? Optional.empty() : models.current().model();
  }

  /** Where Ollama is and what it has, or why it cannot be used, in one line for a person. */
  public String state() {
    return models.current().says();
  }

  /**
   * Loads the model, so that the first answer need not wait for it.
   *
   * @param deadline how long loading may take
   * @throws ChatException if there is no model or it cannot be loaded
   */
  public void warmUp(Duration deadline) {
    http.post(
        "/api/chat",
        OllamaForm.load(model().model(), config),
        deadline,
        deadline,
        lines -> ModelJson.line(lines.rest()));
  }

  @Override
  public ChatReply chat(ChatRequest request, Consumer<String> listener) {
    Deadline deadline = Deadline.in(request.deadline());
    ChatCapabilities model = model();
    try {
      return http.post(
          "/api/chat",
          OllamaForm.chat(model, request, config),
          deadline.left(http.server()),
          config.stallTimeout(),
          lines -> read(lines, model.model(), new AnswerSoFar(request, listener)));
    } catch (ChatException e) {
      models.forget(); // it may have gone away
      throw e;
    }
  }

  private ChatCapabilities model() {
    http.requireOpen();
    OllamaModels.Finding found = models.current();
    return found
        .model()
        .orElseThrow(() -> new ChatException(http.server(), found.says(), found.canPass()));
  }

  private ChatReply read(ServerLines lines, String model, AnswerSoFar answer) throws IOException {
    for (var line = lines.next(); line.isPresent(); line = lines.next()) {
      if (line.get().isBlank()) {
        continue;
      }
      JsonNode part = ModelJson.line(line.get());
      if (part.has("error")) {
        throw http.complaint(ServerComplaint.ofPart(part.get("error")));
      }
      JsonNode message = part.path("message");
      answer.thinks(message.path("thinking").asText(""));
      answer.says(message.path("content").asText(""));
      for (JsonNode call : message.path("tool_calls")) {
        JsonNode function = call.path("function");
        answer.calls(
            call.path("id").asText(""),
            function.path("name").asText(""),
            function.path("arguments"));
      }
      if (answer.isFull() || part.path("done").asBoolean()) {
        boolean cut = part.path("done_reason").asText().equals("length");
        return answer.reply(
            cut ? Ending.TOKENS : Ending.DONE,
            model,
            ModelJson.count(part.path("prompt_eval_count")),
            ModelJson.count(part.path("eval_count")));
      }
    }
    throw new ChatException(http.server(), "the answer broke off; try again", true);
  }

  @Override
  public void close() {
    http.close();
  }
}
