package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

class ModelsCommandTest extends ProgramFixture {
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

  private JsonNode json(int code, String... command) throws Exception {
    assertThat(run(command)).as(out + err).isEqualTo(code);
    return new ObjectMapper().readTree(out);
  }

  private void useOpenAi(FakeModelServer server) {
    environment.put("SMOLLAMA_OPENAI_BASE_URL", server.address());
  }

  @Nested
  class OfAList {
    @Test
    void namesKindSizeAndUseOfEach() {
      assertThat(run("models")).as(err).isZero();
      assertThat(out.lines())
          .containsExactly(
              "Ollama 0.33.0 at " + ollama.address(),
              "  embedder:latest  45.0 MB, bert, context 512, embedding",
              "* tiny:1b          900 MB, llama 1.0B Q4_0, context 8,192, completion tools,"
                  + " in memory: 1.1 GB with a context of 2,048",
              "  big:8b           8.0 GB, llama 8.0B Q4_K_M, context 8,192, completion tools",
              "The node talks with model tiny:1b, the smallest installed");
      assertThat(folder.resolve("state")).as("nothing of a node is opened").doesNotExist();
    }

    @Test
    void isADocumentToo() throws Exception {
      JsonNode list = json(0, "models", "--json", "--set", "ollama.model=big:8b");
      assertThat(list.path("uses").asText()).isEqualTo("big:8b");
      assertThat(list.path("models").findValuesAsText("used"))
          .containsExactly("false", "false", "true");
      assertThat(list.path("models").path(1).path("loaded").path("bytes").asLong())
          .isEqualTo(1_100_000_000);
    }

    @Test
    void tellsOfAModelThatTheServerDoesNotKnowAndOfTheOthers() throws Exception {
      ollama.on(
          "/api/tags",
          "{\"models\":[{\"name\":\"lost:1b\",\"size\":1},{\"name\":\"tiny:1b\",\"size\":2}]}");
      JsonNode models = json(0, "models", "--json").path("models");
      assertThat(models.path(0).path("trouble").asText()).contains("model not found");
      assertThat(models.path(1).has("trouble")).isFalse();
    }

    @Test
    void saysWhereNoOllamaIsAndWhatToDo() {
      environment.put("SMOLLAMA_OLLAMA_BASE_URL", "http://127.0.0.1:1");
      for (String[] command : new String[][] {{"models"}, {"models", "pull", "tiny:1b"}}) {
        assertThat(run(command)).isEqualTo(1);
        assertThat(err)
            .startsWith("smollama: Ollama at http://127.0.0.1:1: not reachable. Start it")
            .contains("ollama serve", "SMOLLAMA_OLLAMA_BASE_URL")
            .hasLineCount(1);
      }
    }

    @Test
    void isThatOfAServerWithOpenAisApiIfOneIsNamed() throws Exception {
      try (FakeModelServer server = FakeModelServer.openAi()) {
        useOpenAi(server);
        assertThat(run("models")).as(err).isZero();
        assertThat(out.lines())
            .containsExactly(
                "A server with OpenAI's API at " + server.address(),
                "* qwen3  context 4,096",
                "  other",
                "The node talks with model qwen3");
      }
      assertThat(run("models")).isEqualTo(1);
      assertThat(err).contains("not reachable", "openai.base_url").doesNotContain("ollama serve");
    }
  }

  @Nested
  class OfChecking {
    @Test
    void triesTheModelOfTheNode() throws Exception {
      JsonNode result = json(0, "models", "check", "--json");
      assertThat(result.path("usable").asBoolean()).isTrue();
      assertThat(result.path("model").asText()).isEqualTo("tiny:1b");
      assertThat(result.path("version").asText()).isEqualTo("0.33.0");
      assertThat(result.path("answer").asText()).isEqualTo("One two");
      assertThat(result.path("loaded_before").asBoolean()).isTrue();
      assertThat(result.path("calls").asText()).isEqualTo("grammar");
      assertThat(result.path("troubles").path(0).path("fix").asText()).contains("qwen3:1.7b");
      assertThat(run("models", "check", "big:8b")).isZero();
      assertThat(out).contains("model       big:8b", "It can be used.", "by a grammar");
    }

    @Test
    void aModelThatIsNotThereCannotBeUsed() {
      assertThat(run("models", "check", "nope:1b")).isEqualTo(1);
      assertThat(out)
          .contains("! model nope:1b is not installed", "smollama models pull nope:1b")
          .endsWith("It CANNOT be used.\n");
      assertThat(run("models", "check", "embedder")).isEqualTo(1);
      assertThat(out).contains("cannot chat");
    }

    @Test
    void anEmptyAnswerIsOfNoUseAndAShortContextIsTold() throws Exception {
      ollama.on("/api/chat", "{\"message\":{\"content\":\" \"},\"done\":true}");
      ollama.on(
          "/api/ps", "{\"models\":[{\"name\":\"tiny:1b\",\"size\":1,\"context_length\":1024}]}");
      JsonNode troubles = json(1, "models", "check", "--json").path("troubles");
      assertThat(troubles.findValuesAsText("says"))
          .contains(
              "It answered nothing",
              "It has a context of 1,024 tokens, not of ollama.num_ctx 2,048");
      assertThat(troubles.findValuesAsText("fix")).doesNotContain("");
    }

    @Test
    void aServerThatIsAwayIsATroubleWithItsFix() throws Exception {
      environment.put("SMOLLAMA_OLLAMA_BASE_URL", "http://127.0.0.1:1");
      JsonNode result = json(1, "models", "check", "--json");
      assertThat(result.path("reachable").asBoolean()).isFalse();
      assertThat(result.path("troubles").path(0).path("fix").asText()).contains("ollama serve");
    }

    @Test
    void aServerWithOpenAisApiIsTriedTheSameWay() throws Exception {
      try (FakeModelServer server = FakeModelServer.openAi()) {
        useOpenAi(server);
        JsonNode result = json(0, "models", "check", "--json");
        assertThat(result.path("model").asText()).isEqualTo("qwen3");
        assertThat(result.path("answer").asText()).isEqualTo("All is quiet");
        assertThat(json(0, "models", "check", "--json", "other").path("usable").asBoolean())
            .isTrue();
        assertThat(run("models", "check", "nope")).isEqualTo(1);
        assertThat(out).contains("model nope is not there; there are: [qwen3, other]");
      }
    }

    @Test
    @Tag("ollama")
    @EnabledIfEnvironmentVariable(
        named = "SMOLLAMA_TEST_OLLAMA",
        matches = ".+",
        disabledReason = "SMOLLAMA_TEST_OLLAMA names no running Ollama")
    void aRealOllamaPassesAndMisspeltModelsAreNamed() throws Exception {
      environment.put("SMOLLAMA_OLLAMA_BASE_URL", System.getenv("SMOLLAMA_TEST_OLLAMA"));
      JsonNode result = json(0, "models", "check", "--json");
      assertThat(result.path("tokens_per_second").asDouble()).isPositive();
      assertThat(json(0, "models", "--json").path("models").findValuesAsText("name"))
          .contains(result.path("model").asText());
    }
  }
}
