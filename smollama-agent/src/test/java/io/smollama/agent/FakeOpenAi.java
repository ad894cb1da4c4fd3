package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.agent.FakeHttp.End;
import io.smollama.agent.FakeHttp.Reply;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A llama-server, or another server with OpenAI's API, on real HTTP with the real wire format.
 * Thread-safe.
 */
final class FakeOpenAi implements AutoCloseable {
  private static final String SSE = "text/event-stream";

  final FakeHttp http = new FakeHttp();
  private volatile Function<JsonNode, Reply> chat = body -> story(FakeOllama.STORY, body);

  FakeOpenAi(boolean isLlamaServer) throws IOException {
    http.on(
        "/v1/models",
        body ->
            Reply.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"qwen3\"},{\"id\":\"b\"}]}"));
    http.on("/v1/chat/completions", body -> chat.apply(FakeOllama.json(body)));
    http.on(
        "/props",
        body ->
            isLlamaServer
                ? Reply.json(200, PROPERTIES)
                : Reply.json(404, "{\"error\":{\"message\":\"File Not Found\"}}"));
  }

  private static final String PROPERTIES =
      """
      {"default_generation_settings":{"n_ctx":4096},"total_slots":1,
       "chat_template":"{% if enable_thinking %}","modalities":{"vision":false}}
      """;

  String address() {
    return http.address();
  }

  List<String> chatBodies() {
    return http.bodies("/v1/chat/completions");
  }

  void answers(String text) {
    chat = body -> story(text, body);
  }

  /** Answers chats with lines as they stand, and an end. */
  void sends(End end, String... lines) {
    chat = body -> Reply.lines(SSE, Stream.of(lines), end);
  }

  /** Calls a tool twice, in deltas that mix. */
  void callsInPieces(String name) {
    String call = "{\"tool_calls\":[{\"index\":%d,%s\"function\":{%s\"arguments\":\"%s\"}}]}";
    String named = "\"name\":\"%s\",".formatted(name);
    sends(
        End.WHOLE,
        delta(call.formatted(0, "\"id\":\"c1\",", named, ""), ""),
        delta(call.formatted(0, "", "", "{\\\"source\\\":"), ""),
        delta(call.formatted(1, "", named, ""), ""),
        delta(call.formatted(0, "", "", "\\\"hall\\\"}"), "tool_calls"),
        "data: [DONE]");
  }

  void neverEnds(String line) {
    chat = body -> Reply.lines(SSE, Stream.generate(() -> line), End.WHOLE);
  }

  void refuses(int status, String body) {
    chat = asked -> Reply.json(status, body);
  }

  /** A delta with a field, and the reason of the end if it is one. */
  static String delta(String delta, String finish) {
    ObjectNode part = ModelJson.object().put("object", "chat.completion.chunk");
    ObjectNode choice = part.putArray("choices").addObject().put("index", 0);
    choice.set("delta", FakeOllama.json(delta));
    choice.put("finish_reason", finish.isEmpty() ? null : finish);
    return "data: " + part + "\n";
  }

  static String word(String content) {
    return delta(ModelJson.object().put("content", content).toString(), "");
  }

  private static Reply story(String text, JsonNode body) {
    String[] words = text.split("(?<= )");
    int told = Math.min(body.path("max_tokens").asInt(), words.length);
    return Reply.lines(
        SSE,
        Stream.of(
                Stream.of(delta("{\"role\":\"assistant\",\"content\":null}", ""), ": ping\n"),
                IntStream.range(0, told).mapToObj(i -> word(words[i])),
                Stream.of(
                    delta("{}", told < words.length ? "length" : "stop"),
                    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":21,\"completion_tokens\":%d}}\n"
                        .formatted(told),
                    "data: [DONE]\n"))
            .flatMap(lines -> lines),
        End.WHOLE);
  }

  @Override
  public void close() {
    http.close();
  }
}
