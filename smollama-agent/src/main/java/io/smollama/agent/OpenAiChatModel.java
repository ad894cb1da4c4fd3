package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatException;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A chat model of llama.cpp's {@code llama-server}, or of another server with OpenAI's chat API.
 * What holds for {@link OllamaChatModel} holds here, too, but that such a server decides itself
 * what becomes of a conversation that is longer than its context. Thread-safe.
 */
public final class OpenAiChatModel implements ChatModel {
  private final OpenAiConfig config;
  private final ModelHttp http;
  private final OpenAiModels models;

  public OpenAiChatModel(OpenAiConfig config) {
    this.config = config;
    Map<String, String> headers =
        config.apiKey().map(key -> Map.of("Authorization", "Bearer " + key)).orElse(Map.of());
    this.http = new ModelHttp("The model server", config.address(), headers, config.stallTimeout());
    this.models = new OpenAiModels(http, config.model());
  }

  @Override
  public Optional<ChatCapabilities> capabilities() {
    return http.isClosed() ? Optional.empty() : models.current().model();
  }

  /** What the server has, or why it cannot be used, in one line for a person. */
  public String state() {
    return models.current().says();
  }

  /**
   * The models of the server, in its order.
   *
   * @throws ChatException if it does not tell
   */
  public List<String> models() {
    return models.all();
  }

  @Override
  public ChatReply chat(ChatRequest request, Consumer<String> listener) {
    http.requireOpen();
    Deadline deadline = Deadline.in(request.deadline());
    OpenAiModels.Finding found = models.current();
    String model =
        found
            .model()
            .orElseThrow(() -> new ChatException(http.server(), found.says(), found.canPass()))
            .model();
    try {
      return http.post(
          "/v1/chat/completions",
          OpenAiForm.chat(model, request, found.isLlamaServer()),
          deadline.left(http.server()),
          config.stallTimeout(),
          lines -> read(lines, new OpenAiAnswer(model, new AnswerSoFar(request, listener))));
    } catch (ChatException e) {
      models.forget(); // it may have gone away
      throw e;
    }
  }

  private ChatReply read(ServerLines lines, OpenAiAnswer answer) throws IOException {
    for (var line = lines.next(); line.isPresent(); line = lines.next()) {
      String[] field = line.get().split(":", 2);
      if (field.length < 2 || !(field[0].equals("data") || field[0].equals("error"))) {
        continue; // blank lines, comments that keep the line open, names of events
      }
      String value = field[1].strip();
      if (value.equals("[DONE]")) {
        break;
      }
      JsonNode part = ModelJson.line(value);
      JsonNode error = field[0].equals("error") ? part : part.path("error");
      if (!error.isMissingNode() && !error.isNull()) {
        throw http.complaint(ServerComplaint.ofPart(error));
      }
      answer.add(part);
      if (answer.isFull()) {
        break;
      }
    }
    return answer
        .reply()
        .orElseThrow(
            () -> new ChatException(http.server(), "the answer broke off; try again", true));
  }

  @Override
  public void close() {
    http.close();
  }
}
