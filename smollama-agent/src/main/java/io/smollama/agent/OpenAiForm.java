package io.smollama.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatRequest;
import io.smollama.core.ToolCall;
import java.util.Locale;

/** The form in which a server with OpenAI's API is asked to chat. Immutable. */
final class OpenAiForm {
  private OpenAiForm() {}

  /**
   * @param isLlamaServer whether the server knows llama.cpp's additions, which others refuse
   */
  static ObjectNode chat(String model, ChatRequest request, boolean isLlamaServer) {
    ObjectNode body = ModelJson.object().put("model", model);
    ArrayNode messages = body.putArray("messages");
    request.messages().forEach(message -> write(message, messages.addObject()));
    body.put("stream", true);
    body.putObject("stream_options").put("include_usage", true);
    body.put("max_tokens", request.maxTokens());
    body.put("temperature", 0);
    if (isLlamaServer) {
      body.putObject("chat_template_kwargs").put("enable_thinking", request.think());
    }
    if (!request.tools().isEmpty()) {
      ArrayNode tools = body.putArray("tools");
      request.tools().forEach(tool -> tools.add(OllamaForm.tool(tool)));
    }
    request
        .format()
        .ifPresent(
            schema ->
                body.putObject("response_format")
                    .put("type", "json_schema")
                    .putObject("json_schema")
                    .put("name", "answer")
                    .set("schema", ModelJson.schema(schema, "the format")));
    return body;
  }

  private static void write(ChatMessage message, ObjectNode node) {
    node.put("role", message.role().name().toLowerCase(Locale.ROOT));
    node.put("content", message.content());
    message.answers().ifPresent(call -> node.put("tool_call_id", call.id()));
    if (!message.toolCalls().isEmpty()) {
      ArrayNode calls = node.putArray("tool_calls");
      for (ToolCall call : message.toolCalls()) {
        calls
            .addObject()
            .put("id", call.id())
            .put("type", "function")
            .putObject("function")
            .put("name", call.name())
            // Templates parse it, and fail on what is no object.
            .put(
                "arguments",
                ModelJson.readObject(call.arguments()).map(Object::toString).orElse("{}"));
      }
    }
  }
}
