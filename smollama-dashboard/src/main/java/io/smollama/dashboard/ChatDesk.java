package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.agent.Chat;
import io.smollama.agent.Inbox;
import io.smollama.agent.InboxEntry;
import io.smollama.agent.Turn;
import io.smollama.agent.TurnListener;
import io.smollama.core.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a person talks with the node, and sees what it answered by itself: JSON in, JSON out. What
 * is asked wrongly is an {@link IllegalArgumentException} with a sentence. Thread-safe.
 */
public final class ChatDesk {
  private static final int MOST_BEFORE = 50;

  private final Chat chat;
  private final Optional<Inbox> inbox;

  /**
   * A desk.
   *
   * @param inbox what came in; empty if that is not kept
   */
  public ChatDesk(Chat chat, Optional<Inbox> inbox) {
    this.chat = chat;
    this.inbox = inbox;
  }

  /** What came in last, questions too, and what was answered, newest first. */
  public ObjectNode events(int limit) {
    ObjectNode form = object();
    form.put("waiting", inbox.map(Inbox::waiting).orElse(0L));
    ObjectNode dropped = form.putObject("dropped");
    inbox.ifPresent(box -> box.dropped().forEach((kind, count) -> dropped.put(word(kind), count)));
    ArrayNode list = form.putArray("events");
    for (InboxEntry entry : inbox.map(box -> box.latest(limit)).orElse(List.of())) {
      ObjectNode one =
          list.addObject()
              .put("kind", word(entry.trigger().kind()))
              .put("about", entry.trigger().key())
              .put("text", entry.trigger().text())
              .put("trusted", entry.trigger().trusted())
              .put("count", entry.count())
              .put("first", entry.first().toString())
              .put("last", entry.last().toString())
              .put("state", word(entry.state()))
              .put("attempts", entry.attempts());
      entry.outcome().ifPresent(outcome -> one.put("outcome", outcome));
    }
    return form;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Answers; takes as long as the model does, at most some minutes.
   *
   * @param request {@code message}, and {@code before}, a list of objects with {@code role} ({@code
   *     user} or {@code assistant}) and {@code content}
   */
  public ObjectNode say(JsonNode request) {
    return form(chat.say(before(request), message(request), TurnListener.NONE));
  }

  /**
   * Answers while it goes on.
   *
   * @param request as for {@link #say(JsonNode)}
   * @param out hears {@code words} that can be shown at once, each {@code use} of a tool, and at
   *     the end the whole {@code answer}, or an {@code error}
   */
  public void say(JsonNode request, Consumer<JsonNode> out) {
    TurnListener told =
        new TurnListener() {
          @Override
          public void words(String piece) {
            out.accept(object().put("words", piece));
          }

          @Override
          public void used(Turn.Use use) {
            out.accept(object().set("use", form(use)));
          }
        };
    try {
      Turn turn = chat.say(before(request), message(request), told);
      out.accept(object().set("answer", form(turn)));
    } catch (IllegalArgumentException e) {
      out.accept(object().put("error", e.getMessage()));
    }
  }

  private static String message(JsonNode request) {
    if (!request.path("message").isTextual()) {
      throw new IllegalArgumentException("'message' is a text");
    }
    return request.path("message").asText();
  }

  private static List<ChatMessage> before(JsonNode request) {
    List<ChatMessage> before = new ArrayList<>();
    if (request.has("before") && !request.path("before").isArray()) {
      throw new IllegalArgumentException("'before' is a list of objects with 'role' and 'content'");
    }
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
    return before;
  }

  private static ObjectNode form(Turn turn) {
    ObjectNode form = object().put("text", turn.text());
    form.put("model", turn.model().orElse(null));
    form.put("ending", word(turn.ending()));
    ArrayNode uses = form.putArray("uses");
    turn.uses().forEach(use -> uses.add(form(use)));
    return form;
  }

  private static ObjectNode form(Turn.Use use) {
    return object()
        .put("tool", use.call().name())
        .put("arguments", use.call().arguments())
        .put("result", use.result().text())
        .put("failed", use.result().failed())
        .put("repeated", use.repeated());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
