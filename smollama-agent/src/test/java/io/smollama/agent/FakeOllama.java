package io.smollama.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An Ollama on real HTTP with the real wire format, and faults on demand. Thread-safe. */
final class FakeOllama implements AutoCloseable {
  static final String STORY =
      "Once upon a time a kettle sang in a small kitchen all day long and nobody minded it at all.";

  final List<String> chatBodies = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile String answer = STORY;
  private volatile Fault fault = Fault.NONE;

  /** What goes wrong with a chat. */
  enum Fault {
    NONE,
    ERROR_IN_STREAM,
    BREAKS_OFF,
    PROXY_PAGE,
    SILENCE
  }

  FakeOllama() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/api/tags", exchange -> reply(exchange, 200, TAGS));
    server.createContext("/api/show", this::show);
    server.createContext("/api/chat", this::chat);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void answers(String text) {
    answer = text;
  }

  void fails(Fault how) {
    fault = how;
  }

  private static final String TAGS =
      "{\"models\":[{\"name\":\"big:8b\",\"size\":8000000000},{\"name\":\"embedder:latest\",\"size\":45000000},"
          + "{\"name\":\"talker:latest\",\"size\":2000000000},{\"name\":\"tiny:1b\",\"size\":900000000}]}";

  private void show(HttpExchange exchange) throws IOException {
    String asked = body(exchange);
    reply(
        exchange,
        200,
        asked.contains("embedder")
            ? "{\"capabilities\":[\"embedding\"]}"
            : "{\"capabilities\":[\"completion\",\"tools\"]}");
  }

  private void chat(HttpExchange exchange) throws IOException {
    String body = body(exchange);
    chatBodies.add(body);
    if (fault == Fault.PROXY_PAGE) {
      reply(exchange, 502, "<html>Bad gateway</html>");
      return;
    }
    String[] words = answer.split("(?<= )");
    int bound = Integer.parseInt(body.replaceAll(".*\"num_predict\":(\\d+).*", "$1"));
    int told = Math.min(bound, words.length);
    exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int i = 0; i < told; i++) {
        if (i == 2 && fault == Fault.SILENCE) {
          awaitClosing();
        }
        if (i == 2 && fault == Fault.BREAKS_OFF) {
          return;
        }
        if (i == 2 && fault == Fault.ERROR_IN_STREAM) {
          write(out, "{\"error\":\"llama runner process has terminated\"}");
          return;
        }
        write(
            out,
            "{\"message\":{\"role\":\"assistant\",\"content\":\""
                + words[i]
                + "\"},\"done\":false}");
      }
      String why = told < words.length ? "length" : "stop";
      write(out, "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"" + why + "\"}");
    }
  }

  private synchronized void awaitClosing() {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(OutputStream out, String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void reply(HttpExchange exchange, int code, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
