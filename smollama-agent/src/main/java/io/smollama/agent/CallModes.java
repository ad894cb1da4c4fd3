package io.smollama.agent;

import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatRequest;
import io.smollama.core.ToolSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out how a model is brought to call tools: by what it says it can do, and then by letting it
 * do it once. Each model is tried once by those who share this. Thread-safe.
 */
public final class CallModes {
  private static final Logger LOG = LoggerFactory.getLogger(CallModes.class);
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final int TOKENS = 60;

  private static final ToolSpec TRIAL =
      new ToolSpec(
          "note",
          "Writes a word down.",
          "{\"type\":\"object\",\"properties\":{\"word\":{\"type\":\"string\"}},\"required\":[\"word\"]}");

  private static final List<ChatMessage> TASK =
      List.of(ChatMessage.user("Call the tool note with the word kettle."));

  private final Map<String, Found> known = new ConcurrentHashMap<>();

  /** Nothing is known yet. */
  public CallModes() {}

  /** How, and what that was concluded from. */
  record Found(CallMode mode, String why) {}

  CallMode of(ChatModel model) {
    return find(model).mode();
  }

  Found find(ChatModel model) {
    Optional<ChatCapabilities> capabilities = model.capabilities();
    if (capabilities.isEmpty()) {
      return new Found(CallMode.NATIVE, "it is away"); // whoever asks it is told so
    }
    if (!capabilities.get().tools()) {
      return new Found(CallMode.GRAMMAR, "its server says that it has no tools");
    }
    Found tried = known.get(capabilities.get().model());
    return tried != null ? tried : tried(model, capabilities.get().model());
  }

  private Found tried(ChatModel model, String name) {
    try {
      ChatReply reply =
          model.chat(new ChatRequest(TASK, TOKENS, PATIENCE).withTools(List.of(TRIAL)));
      boolean hit =
          reply.toolCalls().size() == 1
              && reply.toolCalls().get(0).name().equals(TRIAL.name())
              && ModelJson.readObject(reply.toolCalls().get(0).arguments())
                  .filter(json -> json.path("word").asText().equalsIgnoreCase("kettle"))
                  .isPresent();
      Found found =
          hit
              ? new Found(CallMode.NATIVE, "it called a tool when it was told to")
              : new Found(CallMode.GRAMMAR, "it did not call a tool when it was told to");
      LOG.info("{} calls tools {}", name, hit ? "by itself" : "by a grammar");
      known.put(name, found);
      return found;
    } catch (ChatException e) {
      LOG.debug("{} could not be tried", name, e);
      String said = e.getMessage().substring(e.culprit().length() + 2);
      return new Found(CallMode.GRAMMAR, "letting it call a tool failed: " + said);
    }
  }
}
