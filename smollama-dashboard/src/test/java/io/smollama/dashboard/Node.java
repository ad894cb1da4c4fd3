package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.agent.Ask;
import io.smollama.agent.Chat;
import io.smollama.agent.NodeMeans;
import io.smollama.core.ChatModel;
import io.smollama.core.Reading;
import io.smollama.memory.MemoryConfig;
import io.smollama.memory.MemoryStore;
import io.smollama.readings.ActuatorEnvelope;
import io.smollama.readings.GpioReadings;
import io.smollama.readings.SimulatedGpio;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.WordEmbeddings;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A node with a real store and a real server on a free port, and ways to speak to it. */
final class Node implements AutoCloseable {
  final ManualClock clock = new ManualClock();
  final List<Reading> readings = new CopyOnWriteArrayList<>();
  final List<PartHealth> health = new CopyOnWriteArrayList<>();
  final InMemoryJournal journal = new InMemoryJournal(clock);
  final MemoryStore store;
  final SimulatedGpio board;
  final ActuatorEnvelope envelope;
  final Dashboard dashboard;
  private final HttpClient http = HttpClient.newHttpClient();

  Node(Path folder, Optional<ChatModel> model) {
    var words = new WordEmbeddings(256);
    store =
        MemoryStore.open(
            folder.resolve("memory.sqlite"),
            journal,
            Optional.of(words),
            clock,
            new MemoryStore.Settings("pi", MemoryConfig.defaults()));
    Ask ask = new Ask(store, () -> readings, Optional.of(words), model, clock, ZoneOffset.UTC);
    board = SimulatedGpio.demoBoard(System::nanoTime);
    envelope = new ActuatorEnvelope(board, board.pins(), store.audit(), clock, System::nanoTime);
    ActDesk acts =
        new ActDesk(
            Optional.of(envelope), GpioReadings.of(board, clock, System::nanoTime), store.audit());
    NodeView view =
        new NodeView(
            "pi-test",
            "1.2.3",
            store,
            ask,
            () -> readings,
            () -> health,
            Optional.empty(),
            Optional.of(acts),
            model.map(
                speaker ->
                    new ChatDesk(
                        new Chat(
                            NodeMeans.looking(store, Optional.of(words), clock, ZoneOffset.UTC)
                                .withOutputs(Optional.of(envelope)),
                            speaker,
                            ask),
                        Optional.empty())),
            Optional.empty(),
            clock,
            ZoneId.of("Europe/Berlin"));
    dashboard = Dashboard.start(new DashboardConfig(true, "127.0.0.1", 0), view);
  }

  int port() {
    return dashboard.address().getPort();
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  HttpResponse<String> postJson(String path, String body, String... headers) {
    return send(
        request(path, headers)
            .setHeader("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> postForm(String path, String body, String... headers) {
    return send(
        request(path, headers)
            .setHeader("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(dashboard.address().resolve(path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The lines of the stream of events, as they come. */
  HttpResponse<Stream<String>> events() throws Exception {
    return http.send(request("/events").build(), BodyHandlers.ofLines());
  }

  JsonNode json(String path) {
    return json(get(path));
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return new ObjectMapper().readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(response.body(), e);
    }
  }

  /** Sends bytes as they are and gives the status line. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return line(socket.getInputStream());
    }
  }

  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  @Override
  public void close() {
    dashboard.close();
    store.close();
  }
}
