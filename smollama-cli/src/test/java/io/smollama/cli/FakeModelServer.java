package io.smollama.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A model's server on real HTTP that says what a test has written for it. Thread-safe. */
final class FakeModelServer implements AutoCloseable {
  /** After this line an answer goes on no further. */
  static final String SILENCE = "(silence)";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, List<String>> bodies = new ConcurrentHashMap<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final CountDownLatch silent = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  FakeModelServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  /** An Ollama with two chat models, of which one is in memory, and one for embeddings. */
  static FakeModelServer ollama() throws IOException {
    FakeModelServer fake = new FakeModelServer();
    fake.on("/api/version", "{\"version\":\"0.33.0\"}");
    fake.on(
        "/api/tags",
        """
        {"models":[
         {"name":"big:8b","size":8000000000,"digest":"b8","details":{"family":"llama","parameter_size":"8.0B","quantization_level":"Q4_K_M"}},
         {"name":"embedder:latest","size":45000000,"digest":"e0","details":{"family":"bert"}},
         {"name":"tiny:1b","size":900000000,"digest":"7a","details":{"family":"llama","parameter_size":"1.0B","quantization_level":"Q4_0"}}]}
        """);
    fake.on(
        "/api/ps",
        "{\"models\":[{\"name\":\"tiny:1b\",\"size\":1100000000,\"context_length\":2048}]}");
    fake.answers("/api/show", FakeModelServer::shown);
    fake.answers("/api/embed", body -> "{\"embeddings\":[%s]}".formatted(vectors(body)));
    fake.on(
        "/api/chat",
        "{\"message\":{\"content\":\"One \"}}",
        "{\"message\":{\"content\":\"two\"}}",
        "{\"message\":{\"content\":\"\"},\"done\":true,\"eval_count\":2}");
    return fake;
  }

  /** A llama-server with one model. */
  static FakeModelServer openAi() throws IOException {
    FakeModelServer fake = new FakeModelServer();
    fake.on("/v1/models", "{\"data\":[{\"id\":\"qwen3\"},{\"id\":\"other\"}]}");
    fake.on("/props", "{\"default_generation_settings\":{\"n_ctx\":4096}}");
    fake.on(
        "/v1/chat/completions",
        "data: {\"choices\":[{\"delta\":{\"content\":\"All is quiet\"},\"finish_reason\":null}]}",
        "",
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}",
        "data: [DONE]");
    return fake;
  }

  private static String shown(String body) {
    String form =
        "{\"capabilities\":[%s],\"model_info\":{\"general.architecture\":\"x\",\"x.context_length\":%d}}";
    if (body.contains("embedder")) {
      return form.formatted("\"embedding\"", 512);
    }
    return body.contains("tiny") || body.contains("big")
        ? form.formatted("\"completion\",\"tools\"", 8192)
        : "";
  }

  /** A vector of four for each text: what it says of damp and of light. */
  private static String vectors(String body) {
    String texts = body.substring(body.indexOf("\"input\":[") + 9).replaceAll("\\]}?$", "");
    return java.util.stream.Stream.of(texts.split("\",\""))
        .map(
            text ->
                "[%d,%d,1,0]"
                    .formatted(
                        text.matches(".*(flood|damp|rain).*") ? 9 : 0,
                        text.matches(".*(lamp|dark).*") ? 9 : 0))
        .collect(java.util.stream.Collectors.joining(","));
  }

  /** Answers a path with lines, always the same. */
  void on(String path, String... lines) {
    answers(path, body -> String.join("\n", lines));
  }

  /** Answers a path; an empty text is a 404 as Ollama has it. */
  void answers(String path, Function<String, String> answer) {
    try {
      server.removeContext(path);
    } catch (IllegalArgumentException e) {
      // there was none
    }
    server.createContext(path, exchange -> handle(exchange, answer));
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<String> bodies(String path) {
    return bodies.getOrDefault(path, List.of());
  }

  /** What was sent as authorization. */
  List<String> keys() {
    return keys;
  }

  boolean fellSilent() throws InterruptedException {
    return silent.await(60, TimeUnit.SECONDS);
  }

  private void handle(HttpExchange exchange, Function<String, String> answer) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    bodies
        .computeIfAbsent(exchange.getRequestURI().getPath(), path -> new CopyOnWriteArrayList<>())
        .add(body);
    keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    String said = answer.apply(body);
    exchange.sendResponseHeaders(said.isEmpty() ? 404 : 200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      String whole = said.isEmpty() ? "{\"error\":\"model not found\"}" : said;
      for (String line : whole.split("\n")) {
        if (line.equals(SILENCE)) {
          silent.countDown();
          closed.await();
        }
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    threads.shutdownNow();
    server.stop(0);
  }
}
