package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.agent.Chat;
import io.smollama.agent.Turn;
import io.smollama.agent.TurnListener;
import io.smollama.core.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a person talks with the node: JSON in, JSON out. What is asked wrongly is an {@link
 * IllegalArgumentException} with a sentence. Thread-safe.
 */
public final class ChatDesk {
  private static final int MOST_BEFORE = 50;

  private final Chat chat;

  public ChatDesk(Chat chat) {
    this.chat = chat;
  }

  /**
   * Answers; takes as long as the model does, at most some minutes.
   *
   * @param request {@code message}, and {@code before}, a list of objects with {@code role} ({@code
   *     user} or {@code assistant}) and {@code content}
   */
  public ObjectNode say(JsonNode request) {
    List<ChatMessage> before = new ArrayList<>();
    for (JsonNode said : request.path("before")) {
      String content = said.path("content").asText();
      switch (said.path("role").asText()) {
        case "user" -> before.add(ChatMessage.user(content));
        case "assistant" -> before.add(ChatMessage.assistant(content));
        default -> throw new IllegalArgumentException("A 'role' in 'before' is user or assistant");
      }
    }
    if (before.size() > MOST_BEFORE) {
      throw new IllegalArgumentException("'before' has at most %d messages".formatted(MOST_BEFORE));
    }
    return form(chat.say(before, request.path("message").asText(), TurnListener.NONE));
  }

  private static ObjectNode form(Turn turn) {
    ObjectNode form = JsonNodeFactory.instance.objectNode().put("text", turn.text());
    form.put("model", turn.model().orElse(null));
    form.put("ending", turn.ending().name().toLowerCase(Locale.ROOT));
    ArrayNode uses = form.putArray("uses");
    for (Turn.Use use : turn.uses()) {
      uses.addObject()
          .put("tool", use.call().name())
          .put("arguments", use.call().arguments())
          .put("result", use.result().text())
          .put("failed", use.result().failed())
          .put("repeated", use.repeated());
    }
    return form;
  }
}
