package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ObserveCommandTest extends RunningNodeFixture {
  @Test
  void withoutAModelItSaysSoAndFails() {
    assertThat(run("observe")).isOne();
    assertThat(out).isEqualTo("Nothing was noted: no chat model is at hand\n");
    startNode("memory.observation_enabled=true");
    assertThat(run("observe", "--json")).isOne();
    assertThat(out).contains("\"outcome\" : \"away\"");
    assertThat(run("status")).isZero();
    assertThat(out).contains("observer", "a model looks every 15 min, 0 of 24 looks today");
  }

  @Test
  void whatAModelNotesIsToldAndKept() throws Exception {
    HttpServer ollama = ollama("Memory in use moves little.");
    try {
      String address = "http://127.0.0.1:" + ollama.getAddress().getPort();
      environment.put("SMOLLAMA_OLLAMA_BASE_URL", address);
      assertThat(run("observe")).as(() -> out + err).isZero();
      assertThat(out).isEqualTo("[status] Memory in use moves little.\n");
      startNode("ollama.base_url=" + address);
      assertThat(run("observe")).isZero();
      assertThat(out).isEqualTo("Nothing was worth noting\n  not kept: 1 repeated\n");
      assertThat(run("recall", "memory", "in", "use", "moves")).isZero();
      assertThat(out).contains("Memory in use moves little.");
    } finally {
      ollama.stop(0);
    }
  }

  @Test
  void itIsSwitchedOffAndMistakesAreNamed() throws Exception {
    config("observer: {model: off}");
    assertThat(run("status")).isZero();
    assertThat(out).contains("no model looks by itself");
    config("observer: {shortest_interval: 2h, longest_interval_minutes: 30}");
    assertThat(run("status")).isOne();
    assertThat(err).contains("config.yaml", "longest_interval");
    config("observer: {modell: auto}");
    assertThat(run("status")).isOne();
    assertThat(err).contains("unknown key 'modell' in 'observer'");
    config("memory: {observation_enabled: false}");
    assertThat(run("status")).isZero();
    assertThat(out).contains("no model looks by itself");
  }

  private void config(String yaml) throws Exception {
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(folder.resolve("state").resolve("config.yaml"), yaml);
  }

  /** A server that has one model, which always says the same. */
  private static HttpServer ollama(String text) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer(
        server,
        "/api/tags",
        "{\"models\":[{\"name\":\"tiny:1\",\"model\":\"tiny:1\",\"digest\":\"d\",\"size\":1}]}");
    answer(server, "/api/show", "{\"capabilities\":[\"completion\"],\"model_info\":{}}");
    answer(server, "/api/version", "{\"version\":\"0.17.4\"}");
    String note =
        "{\\\"observations\\\":[{\\\"text\\\":\\\"%s\\\",\\\"type\\\":\\\"status\\\"}]}"
            .formatted(text);
    answer(
        server,
        "/api/chat",
        "{\"model\":\"tiny:1\",\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"done\":true,\"done_reason\":\"stop\"}\n"
            .formatted(note));
    server.start();
    return server;
  }

  private static void answer(HttpServer server, String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
