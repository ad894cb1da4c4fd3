package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelsPullCommandTest extends ProgramFixture {
  private FakeModelServer ollama;

  @BeforeEach
  void start() throws Exception {
    ollama = FakeModelServer.ollama();
    environment.put("SMOLLAMA_OLLAMA_BASE_URL", ollama.address());
  }

  @AfterEach
  void stop() {
    ollama.close();
  }

  @Test
  void linesTellHowFarItIs() throws Exception {
    ollama.on(
        "/api/pull",
        "{\"status\":\"pulling manifest\"}",
        "{\"status\":\"pulling 7a\",\"total\":98000000}",
        "{\"status\":\"pulling 7a\",\"total\":98000000,\"completed\":98000000}",
        "{\"status\":\"success\"}");
    assertThat(run("models", "pull", "tiny:1b")).as(err).isZero();
    assertThat(err.lines())
        .containsExactly(
            "pulling manifest",
            "pulling 7a: 0% of 98.0 MB",
            "pulling 7a: 100% of 98.0 MB",
            "success");
    assertThat(out).startsWith("tiny:1b is there");
    assertThat(run("models", "pull", "--json", "tiny:1b")).isZero();
    assertThat(out).contains("\"installed\" : true");
  }

  @Test
  void anUnknownModelIsNamedWithTheOneThatWasMeant() {
    ollama.on("/api/pull", "{\"error\":\"pull model manifest: file does not exist\"}");
    assertThat(run("models", "pull", "lama3.2:1b")).isEqualTo(1);
    assertThat(err)
        .contains("there is no model 'lama3.2:1b'; did you mean 'llama3.2:1b'?")
        .hasLineCount(1);
    assertThat(run("models", "pull", "embeder")).isEqualTo(1);
    assertThat(run("models", "pull", "xyzzy-plugh-frobnicator")).isEqualTo(1);
    assertThat(err).contains("there is no model").doesNotContain("did you mean");
    assertThat(run("models", "pull", " ")).isEqualTo(2);
  }

  @Test
  void isRefusedOfAServerThatCannot() throws Exception {
    try (FakeModelServer server = FakeModelServer.openAi()) {
      environment.put("SMOLLAMA_OPENAI_BASE_URL", server.address());
      assertThat(run("models", "pull", "tiny:1b")).isEqualTo(1);
      assertThat(err).contains("has no word for fetching a model");
    }
    assertThat(ollama.bodies("/api/pull")).isEmpty();
  }

  @Test
  void endsCleanlyWhenItIsToldToStop() throws Exception {
    ollama.on(
        "/api/pull",
        "{\"status\":\"pulling 7a\",\"total\":98000000,\"completed\":1000}",
        FakeModelServer.SILENCE);
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-Dfile.encoding=UTF-8",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "models",
            "pull",
            "tiny:1b");
    builder.environment().put("SMOLLAMA_OLLAMA_BASE_URL", ollama.address());
    builder.environment().put("SMOLLAMA_HOME", folder.resolve("state").toString());
    Process child = builder.redirectErrorStream(true).start();
    try {
      assertThat(ollama.fellSilent()).isTrue();
      child.toHandle().destroy(); // SIGTERM, which ends a process as Ctrl-C does
      List<String> said = new String(child.getInputStream().readAllBytes()).lines().toList();
      assertThat(said)
          .contains(
              "Stopped. What was fetched of tiny:1b stays; the same command goes on from there")
          .noneMatch(line -> line.contains("smollama: "));
      assertThat(child.waitFor()).isEqualTo(143);
    } finally {
      child.destroyForcibly();
    }
  }
}
