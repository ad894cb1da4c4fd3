package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatReply.Ending;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Puts an answer together from OpenAI's deltas. One thread at a time. */
final class OpenAiAnswer {
  private final String model;
  private final AnswerSoFar answer;
  private final Map<Integer, CallSoFar> calls = new TreeMap<>();
  private OptionalInt promptTokens = OptionalInt.empty();
  private OptionalInt answerTokens = OptionalInt.empty();
  private String finish = "";
  private int gathered;

  OpenAiAnswer(String model, AnswerSoFar answer) {
    this.model = model;
    this.answer = answer;
  }

  /** A call of which more may come. */
  private static final class CallSoFar {
    String id = "";
    String name = "";
    final StringBuilder arguments = new StringBuilder();
  }

  void add(JsonNode part) {
    JsonNode choice = part.path("choices").path(0);
    JsonNode delta = choice.path("delta");
    answer.thinks(delta.path("reasoning_content").asText(""));
    answer.says(text(delta.path("content")));
    int at = 0;
    for (JsonNode each : delta.path("tool_calls")) {
      addTo(calls.computeIfAbsent(each.path("index").asInt(at), index -> new CallSoFar()), each);
      at++;
    }
    finish =
        choice.path("finish_reason").isTextual() ? choice.get("finish_reason").asText() : finish;
    JsonNode usage = part.path("usage");
    if (usage.isObject()) {
      promptTokens = ModelJson.count(usage.path("prompt_tokens"));
      answerTokens = ModelJson.count(usage.path("completion_tokens"));
    }
  }

  private void addTo(CallSoFar call, JsonNode delta) {
    JsonNode function = delta.path("function");
    JsonNode arguments = function.path("arguments");
    String more = arguments.isContainerNode() ? arguments.toString() : text(arguments);
    call.id = call.id.isEmpty() ? text(delta.path("id")) : call.id;
    call.name = call.name.isEmpty() ? text(function.path("name")) : call.name;
    call.arguments.append(more);
    gathered += more.length() + call.name.length();
  }

  boolean isFull() {
    return answer.isFull() || !answer.hasRoomFor(gathered);
  }

  /** The answer; empty if it did not come to its end. */
  Optional<ChatReply> reply() {
    if (finish.isEmpty() && !isFull()) {
      return Optional.empty();
    }
    calls
        .values()
        .forEach(
            call -> answer.calls(call.id, call.name, TextNode.valueOf(call.arguments.toString())));
    Ending ending = finish.equals("length") ? Ending.TOKENS : Ending.DONE;
    return Optional.of(answer.reply(ending, model, promptTokens, answerTokens));
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.asText() : "";
  }
}
