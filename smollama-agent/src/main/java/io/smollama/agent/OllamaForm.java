package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatRequest;
import io.smollama.core.ToolCall;
import io.smollama.core.ToolSpec;
import java.util.Locale;

/**
 * The form in which Ollama is asked to chat. The options that belong to a loaded model never vary
 * between calls, because a change makes Ollama load it anew. Immutable.
 */
final class OllamaForm {
  private OllamaForm() {}

  /** Words, tools or a format, always bounded. */
  static ObjectNode chat(ChatCapabilities model, ChatRequest request, OllamaConfig config) {
    ObjectNode body = load(model.model(), config);
    ArrayNode messages = body.putArray("messages");
    request.messages().forEach(message -> write(message, messages.addObject()));
    body.put("stream", true);
    // Left out it would mean yes where the model can think.
    body.put("think", request.think() && model.thinking());
    // Otherwise the oldest messages are dropped without a word, the question among them.
    body.put("truncate", false);
    request
        .format()
        .ifPresent(schema -> body.set("format", ModelJson.schema(schema, "the format")));
    if (!request.tools().isEmpty()) {
      ArrayNode tools = body.putArray("tools");
      request.tools().forEach(tool -> tools.add(tool(tool)));
    }
    ObjectNode options = (ObjectNode) body.get("options");
    options.put("num_predict", Math.min(request.maxTokens(), config.numPredict()));
    options.put("temperature", 0);
    return body;
  }

  /** Without messages: loads the model. */
  static ObjectNode load(String model, OllamaConfig config) {
    ObjectNode body = ModelJson.object().put("model", model);
    body.putArray("messages");
    body.put("stream", false);
    keepAlive(config, body);
    body.putObject("options").put("num_ctx", config.numCtx());
    return body;
  }

  /** A number without a unit must be sent as a number. */
  static void keepAlive(OllamaConfig config, ObjectNode body) {
    if (config.keepAlive().matches("-?\\d+")) {
      body.put("keep_alive", Long.parseLong(config.keepAlive()));
    } else {
      body.put("keep_alive", config.keepAlive());
    }
  }

  /** A tool, in the form that both kinds of server share. */
  static JsonNode tool(ToolSpec tool) {
    ObjectNode node = ModelJson.object().put("type", "function");
    node.putObject("function")
        .put("name", tool.name())
        .put("description", tool.description())
        .set("parameters", ModelJson.schema(tool.parameters(), tool.name()));
    return node;
  }

  private static void write(ChatMessage message, ObjectNode node) {
    node.put("role", message.role().name().toLowerCase(Locale.ROOT));
    node.put("content", message.content());
    message
        .answers()
        .ifPresent(call -> node.put("tool_name", call.name()).put("tool_call_id", call.id()));
    if (!message.toolCalls().isEmpty()) {
      ArrayNode calls = node.putArray("tool_calls");
      for (ToolCall call : message.toolCalls()) {
        calls
            .addObject()
            .put("id", call.id())
            .putObject("function")
            .put("name", call.name())
            // Ollama refuses a conversation in which a model once wrote anything else.
            .set("arguments", ModelJson.readObject(call.arguments()).orElse(ModelJson.object()));
      }
    }
  }
}
