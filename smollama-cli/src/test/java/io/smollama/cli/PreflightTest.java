package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PreflightTest extends RunningNodeFixture {
  @BeforeEach
  void useAnyPort() {
    environment.put("SMOLLAMA_DASHBOARD_PORT", "0");
    environment.remove("SMOLLAMA_OLLAMA_BASE_URL");
    environment.put("SMOLLAMA_OLLAMA_HOST", "127.0.0.1:1");
  }

  private JsonNode preflight(int code, String... settings) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("preflight", "--json"));
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    assertThat(run(command.toArray(String[]::new))).as(out + err).isEqualTo(code);
    return new ObjectMapper().readTree(out);
  }

  private static JsonNode check(JsonNode document, String name) {
    for (JsonNode check : document.path("checks")) {
      if (check.path("name").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError("no check of " + name + " in " + document);
  }

  private static String state(JsonNode document, String name) {
    return check(document, name).path("state").asText();
  }

  @Test
  void nothingOptionalKeepsANodeFromRunning() throws Exception {
    JsonNode found = preflight(0);
    assertThat(found.path("can_run").asBoolean()).isTrue();
    assertThat(found.path("checks").findValuesAsText("name"))
        .containsExactly(
            "config",
            "java",
            "state folder",
            "node",
            "sqlite",
            "clock",
            "gpio",
            "devices",
            "embeddings",
            "chat",
            "messages",
            "llama server",
            "web page",
            "for nodes");
    assertThat(state(found, "chat")).isEqualTo("not there");
    assertThat(check(found, "chat").path("fix").asText()).contains("ollama serve");
    assertThat(found.path("checks").findValuesAsText("state"))
        .filteredOn(state -> !state.equals("ok"))
        .hasSize(1);
    assertThat(run("preflight")).isZero();
    assertThat(out).contains("not there  chat ").endsWith("A node can run.\n");
  }

  @Test
  void pinsThatAreNotThereAreAWarningWithItsFix() throws Exception {
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(
        folder.resolve("state").resolve("config.yaml"),
        "gpio: {chip: no-such-chip, pins: [{pin: 17, name: rain, mode: input}]}");
    JsonNode found = preflight(0);
    assertThat(state(found, "gpio")).isEqualTo("warning");
    assertThat(check(found, "gpio").path("words").asText()).containsPattern("chip|open it");
    assertThat(check(found, "gpio").path("fix").asText()).isNotBlank();
  }

  @Test
  void theBuiltInModelIsUsedOnce() throws Exception {
    JsonNode found = preflight(0, "memory.embedding_provider=auto");
    assertThat(check(found, "embeddings").path("words").asText())
        .startsWith("all-minilm-l6-v2-q, loaded and used in ");
  }

  @Test
  void whatWasAskedForAndDoesNotDoIsAWarningWithItsFix() throws Exception {
    JsonNode found =
        preflight(
            0,
            "ollama.model=tiny:1b",
            "memory.embedding_provider=ollama",
            "memory.embedding_model=all-minilm",
            "memory.min_free_megabytes=2000000000",
            "sync.llama_url=http://127.0.0.1:1");
    for (String name : new String[] {"chat", "embeddings", "llama server", "state folder"}) {
      assertThat(state(found, name)).as(name).isEqualTo("warning");
      assertThat(check(found, name).path("fix").asText()).as(name).isNotEmpty();
    }
  }

  @Test
  void serversThatAnswerAreWell() throws Exception {
    try (FakeModelServer ollama = FakeModelServer.ollama()) {
      JsonNode found =
          preflight(0, "ollama.base_url=" + ollama.address(), "sync.llama_url=" + ollama.address());
      assertThat(check(found, "chat").path("words").asText()).contains("model tiny:1b");
      assertThat(state(found, "llama server")).isEqualTo("ok");
    }
  }

  @Test
  void whatNoNodeCanDoWithoutEndsWithOne() throws Exception {
    JsonNode found = preflight(1, "node.nam=x");
    assertThat(check(found, "config").path("words").asText()).contains("did you mean 'name'?");
    assertThat(state(found, "sqlite")).as("all else is looked at").isEqualTo("ok");
    assertThat(found.path("can_run").asBoolean()).isFalse();
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      found = preflight(1, "dashboard.port=" + other.getLocalPort());
      assertThat(check(found, "web page").path("fix").asText()).contains("--port");
      preflight(0, "dashboard.port=" + other.getLocalPort(), "dashboard.enabled=false");
      String[] llama = {"sync.server.host=127.0.0.1", "sync.server.port=" + other.getLocalPort()};
      assertThat(state(preflight(0, llama), "for nodes")).isEqualTo("ok");
      found = preflight(1, llama[0], llama[1], "node.role=llama");
      assertThat(check(found, "for nodes").path("fix").asText()).contains("--listen");
    }
    Files.writeString(folder.resolve("a-file"), "");
    useStateFolder("a-file/state");
    found = preflight(1);
    assertThat(check(found, "state folder").path("fix").asText()).contains("SMOLLAMA_HOME");
    assertThat(check(found, "state folder").path("fatal").asBoolean()).isTrue();
  }

  @Test
  void aRunningNodeIsSeenAndLeftAlone() throws Exception {
    startNode("readings.interval=1h");
    int port = node().page().getPort();
    JsonNode found = preflight(0, "dashboard.port=" + port);
    assertThat(check(found, "node").path("words").asText())
        .startsWith("runs at " + node().page() + ", process " + ProcessHandle.current().pid());
    assertThat(check(found, "web page").path("words").asText()).contains("of the node that runs");
    stopNode();
    assertThat(check(preflight(0), "node").path("words").asText()).startsWith("none runs here");
  }

  @Test
  void aCommandThatHasTheFolderIsNamed() throws Exception {
    StateFolder state = new StateFolder(folder.resolve("state"));
    state.prepare();
    NodeLock lock = NodeLock.tryTake(state.lock()).orElseThrow();
    assertThat(state(preflight(0), "node")).isEqualTo("warning");
    lock.close();
    assertThat(state(preflight(0), "node")).isEqualTo("ok");
  }

  @Test
  void whatHangsOrFailsKeepsNothingElseFromBeingLookedAt() {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    List<Check> found =
        new Preflight(
                List.of(
                    new Preflight.Look("slow", Duration.ofMillis(20), () -> wait(never, ended)),
                    new Preflight.Look(
                        "broken",
                        Duration.ofMinutes(1),
                        () -> {
                          throw new IllegalStateException("oh");
                        }),
                    new Preflight.Look(
                        "fine", Duration.ofMinutes(1), () -> Check.ok("fine", "yes"))))
            .run();
    assertThat(found).extracting(Check::name).containsExactly("slow", "broken", "fine");
    assertThat(found.get(0).words()).isEqualTo("nothing was found out within 0 s");
    assertThat(found.get(1).words()).isEqualTo("looking at it failed: oh");
    assertThat(found.get(2).isOk()).isTrue();
    assertThat(found).noneMatch(Check::isFatal);
    assertThat(ended.getCount() == 0 || awaits(ended)).as("what hung was interrupted").isTrue();
  }

  private static Check wait(CountDownLatch never, CountDownLatch ended) {
    awaits(never);
    ended.countDown();
    return Check.ok("slow", "at last");
  }

  private static boolean awaits(CountDownLatch latch) {
    try {
      return latch.await(30, java.util.concurrent.TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void theLogHasOnlyWhatIsNotWell() {
    Logger logger = (Logger) LoggerFactory.getLogger(Preflight.class);
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    heard.start();
    logger.addAppender(heard);
    logger.setLevel(Level.INFO);
    try {
      new Preflight(
              List.of(
                  look(Check.ok("java", "17")),
                  look(Check.absent("chat", "no model", "Pull one")),
                  look(Check.warning("clock", "it is 1970", "Set it"))))
          .log();
    } finally {
      logger.setLevel(null);
      logger.detachAppender(heard);
    }
    assertThat(heard.list)
        .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
        .containsExactly(
            "INFO chat is not there: no model. Pull one", "WARN clock: it is 1970. Set it");
  }

  private static Preflight.Look look(Check check) {
    return new Preflight.Look(check.name(), Duration.ofMinutes(1), () -> check);
  }

  @Test
  void aClockThatWasNotSetIsAWarning() {
    Check check =
        new MachineChecks(
                NodeConfig.defaults(),
                new StateFolder(folder),
                InstantSource.fixed(Instant.parse("1970-01-01T00:03:00Z")))
            .clock();
    assertThat(check.state()).isEqualTo(Check.State.WARNING);
    assertThat(check.fix()).contains("timedatectl");
  }
}
