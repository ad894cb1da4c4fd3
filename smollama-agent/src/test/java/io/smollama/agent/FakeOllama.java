package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.agent.FakeHttp.End;
import io.smollama.agent.FakeHttp.Reply;
import io.smollama.core.Embedding;
import io.smollama.testkit.WordEmbeddings;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An Ollama on real HTTP with the real wire format, and faults on demand. Thread-safe. */
final class FakeOllama implements AutoCloseable {
  static final String STORY =
      "Once upon a time a kettle sang in a small kitchen all day long and nobody minded it at all.";
  static final int DIMENSIONS = 64;
  static final String WHOLE =
      "{\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}";
  private static final String NDJSON = "application/x-ndjson";

  final FakeHttp http = new FakeHttp();
  private volatile Function<JsonNode, Reply> chat = body -> story(STORY, body);
  private volatile Function<JsonNode, Reply> embed = FakeOllama::vectors;
  private volatile String digest = "0b7a";

  FakeOllama() throws IOException {
    http.on("/api/tags", body -> Reply.json(200, TAGS.replace("DIGEST", digest)));
    http.on("/api/show", body -> show(json(body).path("model").asText()));
    http.on("/api/chat", body -> load(json(body)));
    http.on("/api/embed", body -> embed.apply(json(body)));
    http.on("/api/version", body -> Reply.json(200, "{\"version\":\"0.33.0\"}"));
    http.on("/api/ps", body -> Reply.json(200, PS));
    http.on("/api/pull", body -> pull(json(body).path("model").asText()));
  }

  String address() {
    return http.address();
  }

  /** What a model of it is spoken to with. */
  OllamaConfig config(Duration stall) {
    return new OllamaConfig(
        Optional.of(address()), "unused", 11434, Optional.of("tiny:1b"), "5m", 2048, 1024, stall);
  }

  List<String> chatBodies() {
    return http.bodies("/api/chat");
  }

  /** Answers chats in words, one a line, as many as are allowed. */
  void answers(String text) {
    chat = body -> story(text, body);
  }

  /** Answers chats with lines as they stand, and an end. */
  void sends(End end, String... lines) {
    chat = body -> Reply.lines(NDJSON, Stream.of(lines), end);
  }

  /** Answers chats with bytes as they stand. */
  void sendsBytes(Stream<byte[]> bytes) {
    chat = body -> new Reply(200, NDJSON, bytes, End.WHOLE, () -> {});
  }

  /**
   * Answers chats one after the other with the message of each, and with none when all are said.
   */
  void plays(List<JsonNode> messages) {
    Iterator<JsonNode> next = List.copyOf(messages).iterator();
    chat =
        body -> {
          ObjectNode part = ModelJson.object().put("done", true).put("done_reason", "stop");
          if (next.hasNext()) {
            part.set("message", next.next());
          }
          return Reply.lines(NDJSON, Stream.of(part.toString()), End.WHOLE);
        };
  }

  /** Begins to answer, then says nothing more. */
  void fallsSilent(Runnable then) {
    chat = body -> Reply.lines(NDJSON, Stream.of(word("Once ")), End.SILENT).whenSilent(then);
  }

  /** Speaks without end, whatever the bound. */
  void neverEnds(String line) {
    chat = body -> Reply.lines(NDJSON, Stream.generate(() -> line), End.WHOLE);
  }

  /** Refuses chats. */
  void refuses(int status, String body) {
    chat = asked -> Reply.json(status, body);
  }

  /** Answers what is to be embedded. */
  void embeds(int status, String body) {
    embed = asked -> Reply.json(status, body);
  }

  /** Replaces the models by others of the same names. */
  void pulledAnew() {
    digest = "77aa";
  }

  static String word(String content) {
    ObjectNode part = ModelJson.object().put("done", false);
    part.putObject("message").put("role", "assistant").put("content", content);
    return part.toString();
  }

  private static final String TAGS =
      """
      {"models":[{"name":"big:8b","size":8000000000,"digest":"b8"},
       {"name":"embedder:latest","size":45000000,"digest":"e0"},
       {"name":"lost:1b","size":40000000,"digest":"10"},
       {"name":"talker:latest","size":2000000000,"digest":"7a"},
       {"name":"tiny:1b","model":"tiny:1b","size":900000000,"digest":"DIGEST",
        "details":{"family":"llama","parameter_size":"1.2B","quantization_level":"Q8_0"}}]}
      """;

  private static final String PS =
      """
      {"models":[{"name":"tiny:1b","model":"tiny:1b","size":143762688,"digest":"0b7a",
       "expires_at":"2026-11-26T22:16:41.830946012Z","size_vram":0,"context_length":2048}]}
      """;

  private static Reply show(String model) {
    return switch (OllamaServer.tagged(model)) {
      case "embedder:latest" -> shown("bert", 512, "\"embedding\"");
      case "big:8b" -> shown("llama", 131_072, "\"completion\",\"tools\",\"thinking\",\"vision\"");
      case "tiny:1b" -> shown("llama", 8192, "\"completion\",\"tools\"");
      case "talker:latest" -> // of a server that does not tell
          Reply.json(200, "{\"model_info\":{\"general.architecture\":\"llama\"}}");
      default -> Reply.json(404, "{\"error\":\"model '%s' not found\"}".formatted(model));
    };
  }

  private static Reply shown(String family, int context, String capabilities) {
    return Reply.json(
        200,
        "{\"capabilities\":[%s],\"model_info\":{\"general.architecture\":\"%s\",\"%s.context_length\":%d}}"
            .formatted(capabilities, family, family, context));
  }

  private Reply load(JsonNode body) {
    return body.path("messages").isEmpty()
        ? Reply.json(200, "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"load\"}")
        : chat.apply(body);
  }

  private static Reply story(String text, JsonNode body) {
    String[] words = text.split("(?<= )");
    int told = Math.min(body.path("options").path("num_predict").asInt(), words.length);
    String end =
        WHOLE
            .replace("stop", told < words.length ? "length" : "stop")
            .replace(
                "\"done\":true", "\"done\":true,\"prompt_eval_count\":21,\"eval_count\":" + told);
    Stream<String> lines = IntStream.range(0, told).mapToObj(i -> word(words[i]));
    return Reply.lines(NDJSON, Stream.concat(lines, Stream.of(end)), End.WHOLE);
  }

  private static Reply vectors(JsonNode body) {
    WordEmbeddings words = new WordEmbeddings(DIMENSIONS);
    ObjectNode reply = ModelJson.object();
    ArrayNode vectors = reply.putArray("embeddings");
    if (!body.path("input").path(0).asText().isEmpty()) {
      for (JsonNode text : body.path("input")) {
        Embedding embedding = words.embed(text.asText());
        ArrayNode vector = vectors.addArray();
        for (float component : embedding.toArray()) {
          vector.add(component);
        }
      }
    }
    return Reply.json(200, reply.toString());
  }

  private static Reply pull(String model) {
    return switch (model) {
      case "tiny:1b" ->
          Reply.lines(
              NDJSON,
              Stream.of(
                  "{\"status\":\"pulling manifest\"}",
                  "{\"status\":\"pulling 0b7a\",\"digest\":\"sha256:0b7a\",\"total\":98363739}",
                  "{\"status\":\"pulling 0b7a\",\"total\":98363739,\"completed\":4096}",
                  "{\"status\":\"verifying sha256 digest\"}",
                  "{\"status\":\"success\"}"),
              End.WHOLE);
      case "half:1b" ->
          Reply.lines(NDJSON, Stream.of("{\"status\":\"pulling manifest\"}"), End.WHOLE);
      default ->
          Reply.lines(
              NDJSON,
              Stream.of(
                  "{\"status\":\"pulling manifest\"}",
                  "{\"error\":\"pull model manifest: file does not exist\"}"),
              End.WHOLE);
    };
  }

  static JsonNode json(String body) {
    try {
      return ModelJson.read(body);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
