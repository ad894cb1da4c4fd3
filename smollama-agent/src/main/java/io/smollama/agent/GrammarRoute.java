package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatRequest;
import io.smollama.core.ToolCall;
import io.smollama.core.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Calls of models that were not trained for tools, or are too small to hit their form: the answer
 * must follow a grammar in which each tool with its arguments is one way, and to answer in words is
 * another. Whatever a model makes of it is a call that was offered.
 */
final class GrammarRoute {
  private static final String ACTION = "action";
  private static final String ARGUMENTS = "arguments";
  private static final String ANSWER = "answer";

  /** What a grammar can be made of; descriptions would only cost time. */
  private static final Set<String> KEPT = Set.of("type", "enum", "items", "required");

  private GrammarRoute() {}

  /** The request for a choice. */
  static ChatRequest choice(ChatRequest request, List<ToolSpec> tools) {
    List<ChatMessage> messages = new ArrayList<>(inWords(request.messages()));
    messages.add(0, ChatMessage.system(told(tools)));
    return new ChatRequest(messages, request.maxTokens(), request.deadline())
        .withFormat(schema(tools).toString());
  }

  private static String told(List<ToolSpec> tools) {
    return tools.stream()
        .map(tool -> "%s: %s".formatted(tool.name(), tool.description()))
        .collect(
            Collectors.joining(
                "\n", "Choose the one action that helps.\n", "\nanswer: no action is needed"));
  }

  static ObjectNode schema(List<ToolSpec> tools) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ArrayNode ways = schema.putArray("anyOf");
    for (ToolSpec tool : tools) {
      ObjectNode way = way(ways, tool.name());
      way.withObject("/properties").set(ARGUMENTS, arguments(ToolArguments.schema(tool)));
      way.withArray("required").add(ARGUMENTS);
    }
    way(ways, ANSWER);
    return schema;
  }

  private static ObjectNode way(ArrayNode ways, String action) {
    ObjectNode way = ways.addObject().put("type", "object");
    way.putObject("properties").putObject(ACTION).put("const", action);
    way.putArray("required").add(ACTION);
    way.put("additionalProperties", false);
    return way;
  }

  private static ObjectNode arguments(JsonNode schema) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = kept.putObject("properties");
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      ObjectNode one = properties.putObject(property.getKey());
      property
          .getValue()
          .properties()
          .forEach(
              part -> {
                if (KEPT.contains(part.getKey())) {
                  one.set(part.getKey(), part.getValue());
                }
              });
    }
    if (schema.path("required").isArray()) {
      kept.set("required", schema.path("required"));
    }
    return kept.put("additionalProperties", false);
  }

  /** What it chose: a call, or to answer, which is an empty reply. */
  static ChatReply chosen(ChatReply reply, String id) {
    Optional<ToolCall> call =
        ModelJson.readObject(reply.text().strip())
            .filter(json -> !json.path(ACTION).asText().equals(ANSWER))
            .map(
                json ->
                    new ToolCall(id, json.path(ACTION).asText(), json.path(ARGUMENTS).toString()));
    return new ChatReply(
        "",
        reply.thoughts(),
        call.map(List::of).orElse(List.of()),
        reply.ending(),
        reply.model(),
        reply.promptTokens(),
        reply.answerTokens());
  }

  /** A conversation with calls in words, since such a model knows no others. */
  static List<ChatMessage> inWords(List<ChatMessage> messages) {
    List<ChatMessage> words = new ArrayList<>();
    for (ChatMessage message : messages) {
      if (message.role() == ChatMessage.Role.TOOL) {
        String name = message.answers().map(ToolCall::name).orElse("tool");
        words.add(ChatMessage.user("%s says: %s".formatted(name, message.content())));
      } else if (message.toolCalls().isEmpty()) {
        words.add(message);
      }
    }
    return words;
  }
}
