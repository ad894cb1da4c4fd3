package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whichever server of models a configuration names is the one that the node uses. */
class ModelServersTest extends ProgramFixture {
  private static final String KEY = "sk-very-secret";

  private JsonNode json(String... command) throws Exception {
    assertThat(run(command)).as(err).isZero();
    return new ObjectMapper().readTree(out);
  }

  @Test
  void aServerWithOpenAisApiTakesThePlaceOfOllama() throws Exception {
    try (FakeModelServer server = FakeModelServer.openAi()) {
      environment.put("SMOLLAMA_OPENAI_BASE_URL", server.address() + "/v1");
      environment.put("SMOLLAMA_OPENAI_API_KEY", KEY);
      assertThat(json("chat", "--json", "hello").path("model").asText()).isEqualTo("qwen3");
      assertThat(json("ask", "--json", "how is it").path("answer").asText())
          .contains("qwen3"); // whose words no reading bears out
      JsonNode parts = json("status", "--json").path("components");
      assertThat(parts.path("openai").path("state").asText()).isEqualTo("ok");
      assertThat(parts.path("openai").path("says").asText())
          .isEqualTo(server.address() + ": model qwen3");
      assertThat(parts.has("ollama")).isFalse();
      assertThat(server.keys()).isNotEmpty().containsOnly("Bearer " + KEY);
      assertThat(out + err).doesNotContain(KEY);
    }
  }

  @Test
  void theKeyMayStandInAFileAndIsNeverShown() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
    try (FakeModelServer server = FakeModelServer.openAi()) {
      environment.put("SMOLLAMA_OPENAI_BASE_URL", server.address());
      environment.put("SMOLLAMA_OPENAI_API_KEY_FILE", file.toString());
      json("status", "--json", "-v");
      assertThat(server.keys()).containsOnly("Bearer " + KEY);
    }
    Files.writeString(file, KEY + "\nsecond line");
    assertThat(run("status")).isEqualTo(1);
    assertThat(err).contains("openai.api_key_file " + file, "no blanks").doesNotContain(KEY);
  }

  @Test
  void aKeyOnTheCommandLineIsInNoComplaint() {
    assertThat(run("--set", "openai.api_key=" + KEY, "status")).isEqualTo(1);
    assertThat(err).contains("openai.api_key", "without openai.base_url").doesNotContain(KEY);
    assertThat(run("--set", "openai.api_key=" + KEY, "-v", "status")).isEqualTo(1);
    assertThat(err).doesNotContain(KEY);
    NodeConfig config =
        new ConfigLoader(
                folder,
                folder,
                Map.of("SMOLLAMA_OPENAI_BASE_URL", "h", "SMOLLAMA_OPENAI_API_KEY", KEY))
            .load(Optional.empty(), java.util.List.of())
            .config();
    assertThat(config.toString()).doesNotContain(KEY);
    assertThat(config.openai().server().orElseThrow().toString()).doesNotContain(KEY);
  }

  @Test
  void textsAreEmbeddedAnewByOllamaAndFoundByWordsWhileItIsAway() throws Exception {
    assertThat(run("remember", "The cellar floods in autumn")).isZero();
    environment.put("SMOLLAMA_MEMORY_EMBEDDING_PROVIDER", "ollama");
    environment.put("SMOLLAMA_MEMORY_EMBEDDING_MODEL", "embedder");
    environment.put("SMOLLAMA_MEMORY_EMBEDDING_DIMENSIONS", "4");
    assertThat(run("recall", "cellar")).as(err).isZero();
    assertThat(out).as("by words, Ollama is away").contains("The cellar floods");
    try (FakeModelServer ollama = FakeModelServer.ollama()) {
      environment.put("SMOLLAMA_OLLAMA_BASE_URL", ollama.address());
      assertThat(run("memory", "reindex")).as(err).isZero();
      run("remember", "The lamp stands by the door");
      assertThat(json("memory", "stats", "--json").toString()).contains("ollama/embedder:latest");
      JsonNode hits = json("recall", "--json", "--limit", "1", "is it damp downstairs");
      assertThat(hits.toString()).contains("The cellar floods");
      assertThat(ollama.bodies("/api/embed")).anyMatch(body -> body.contains("The cellar floods"));
    }
    JsonNode embeddings = json("status", "--json").path("components").path("embeddings");
    assertThat(run("recall", "lamp")).isZero();
    assertThat(out).contains("The lamp stands");
    assertThat(embeddings.path("says").asText()).contains("ollama/embedder:latest");
  }
}
