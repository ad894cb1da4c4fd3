package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ToolSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a real model once said and called, and what the tools of then gave back. Immutable. */
record RecordedRun(JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A call as the model made it. */
  record Call(String tool, JsonNode arguments, JsonNode result) {
    boolean failed() {
      return result.has("error");
    }
  }

  static List<RecordedRun> read(Path file) throws IOException {
    List<RecordedRun> runs = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      runs.add(new RecordedRun(JSON.readTree(line)));
    }
    return runs;
  }

  private Stream<JsonNode> messages(String role) {
    return StreamSupport.stream(json.path("messages").spliterator(), false)
        .filter(message -> message.path("role").asText().equals(role));
  }

  String question() {
    return json.path("input").asText();
  }

  String model() {
    return json.path("model").asText();
  }

  /** What the model said last. */
  String text() {
    List<JsonNode> said = messages("assistant").toList();
    return said.isEmpty() ? "" : said.get(said.size() - 1).path("content").asText().strip();
  }

  /** Its native calls in order. */
  List<Call> calls() {
    List<JsonNode> results = messages("tool_result").toList();
    List<Call> calls = new ArrayList<>();
    messages("assistant")
        .flatMap(message -> StreamSupport.stream(message.path("tool_calls").spliterator(), false))
        .forEach(
            call ->
                calls.add(
                    new Call(
                        call.path("tool_name").asText(),
                        call.path("tool_args"),
                        calls.size() < results.size()
                            ? results.get(calls.size()).path("tool_result")
                            : JSON.createObjectNode().put("error", "not recorded"))));
    return calls;
  }

  /** Whether what it said last begins as a call and not as a sentence. */
  boolean endsInACall() {
    return text().startsWith("{") || offered().stream().anyMatch(text()::startsWith);
  }

  List<String> offered() {
    return StreamSupport.stream(json.path("tools").spliterator(), false)
        .map(tool -> tool.path("name").asText())
        .toList();
  }

  /** The messages of the model as Ollama would send them. */
  List<JsonNode> played() {
    List<JsonNode> played = new ArrayList<>();
    messages("assistant")
        .forEach(
            message -> {
              ObjectNode sent = JSON.createObjectNode().put("role", "assistant");
              sent.put("content", message.path("content").asText());
              for (JsonNode call : message.path("tool_calls")) {
                ObjectNode function =
                    sent.withArray("tool_calls").addObject().putObject("function");
                function.put("name", call.path("tool_name").asText());
                function.set("arguments", call.path("tool_args"));
              }
              played.add(sent);
            });
    return played;
  }

  /**
   * The tools that were offered. Each gives back what was recorded, in order.
   *
   * @param done gets the name and the arguments of each call that is done
   */
  List<Tool> tools(List<Call> done) {
    return offered().stream().map(name -> tool(name, done)).toList();
  }

  private Tool tool(String name, List<Call> done) {
    ObjectNode schema = JSON.createObjectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    // What the tools took was not recorded: as much as this model gave, and names of things.
    Stream.of("name", "area", "item")
        .forEach(key -> properties.putObject(key).put("type", "string"));
    properties.putObject("domain").put("type", "array");
    properties.putObject("device_class").put("type", "array");
    for (Call call : calls()) {
      if (call.tool().equals(name)) {
        for (Map.Entry<String, JsonNode> argument : call.arguments().properties()) {
          properties.putObject(argument.getKey()).put("type", type(argument.getValue()));
        }
      }
    }
    return new WorkTool(
        new ToolSpec(name, "As it was then.", schema.toString()),
        name.startsWith("Hass"),
        (arguments, asker) -> {
          JsonNode given = FakeOllama.json(arguments.toString());
          JsonNode result =
              calls().stream()
                  .filter(call -> call.tool().equals(name) && call.arguments().equals(given))
                  .findFirst()
                  .map(Call::result)
                  .orElse(JSON.createObjectNode().put("error", "not recorded"));
          done.add(new Call(name, given, result));
          return result.has("error")
              ? ToolResult.failure(result.path("error").asText())
              : ToolResult.of(result.toString());
        });
  }

  private static String type(JsonNode value) {
    return value.isArray()
        ? "array"
        : value.isInt()
            ? "integer"
            : value.isNumber() ? "number" : value.isBoolean() ? "boolean" : "string";
  }
}
