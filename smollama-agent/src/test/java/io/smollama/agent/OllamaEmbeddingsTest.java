package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smollama.core.EmbeddingException;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import io.smollama.testkit.EmbeddingProviderContract;
import io.smollama.testkit.WordEmbeddings;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OllamaEmbeddingsTest {
  private FakeOllama server;

  @BeforeEach
  void startServer() throws Exception {
    server = new FakeOllama();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class OnTheFakeServer extends EmbeddingProviderContract {
    private FakeOllama kept;

    @Override
    protected EmbeddingProvider open() {
      try {
        kept = kept == null ? new FakeOllama() : kept;
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      return embeddings(kept.address(), "embedder");
    }

    @AfterAll
    void stopKept() {
      kept.close();
    }
  }

  @Nested
  @Tag("ollama")
  @EnabledIfEnvironmentVariable(
      named = "SMOLLAMA_TEST_OLLAMA",
      matches = ".+",
      disabledReason = "SMOLLAMA_TEST_OLLAMA names no running Ollama")
  class OnARealServer extends EmbeddingProviderContract {
    @Override
    protected EmbeddingProvider open() {
      return new OllamaEmbeddings(
          config(System.getenv("SMOLLAMA_TEST_OLLAMA")),
          "all-minilm",
          new EmbeddingModel("ollama-all-minilm", 384, 0.9));
    }
  }

  @Test
  void manyTextsTravelTogetherAndTheModelIsLookedAtOnce() {
    try (EmbeddingProvider embeddings = embeddings(server.address(), "embedder")) {
      assertThat(embeddings.embedAll(Collections.nCopies(40, "hall"))).hasSize(40);
      embeddings.embed("hall");
    }
    assertThat(server.http.bodies("/api/embed")).hasSize(3);
    assertThat(server.http.bodies("/api/show")).hasSize(1);
    assertThat(server.http.bodies("/api/embed").get(0)).contains("\"keep_alive\":-1");
  }

  @Test
  void aChatModelIsRefusedThoughOllamaWouldEmbedWithIt() {
    fails("tiny:1b", "tiny:1b is no embedding model", false);
  }

  @Test
  void aModelThatIsNotThereIsNamedWithTheFix() {
    fails("nope", "model 'nope' not found; install it", false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200|{\"embeddings\":[]}|gave 0 vectors for 1 texts|false",
        "200|{\"embeddings\":[[1,2],[3,4]]}|gave 2 vectors for 1 texts|false",
        "200|{\"embeddings\":[[1,2]]}|has 2 dimensions, but words was set up with 64|false",
        "200|{\"embeddings\":[ZEROS]}|gave a vector that is none|false",
        "200|{\"embeddings\":[NULLS]}|gave a vector that is none|false",
        "200|{}|gave 0 vectors|false",
        "200|<html>|no JSON: '<html>'|true",
        "400|{\"error\":\"embedding contains NaN or Inf values\"}|NaN or Inf|false",
        "503|{\"error\":\"server busy\"}|try again later|true"
      })
  void aFailureIsNeverAVector(int status, String body, String named, boolean retryable) {
    String[] sixtyFour = Collections.nCopies(FakeOllama.DIMENSIONS, "0").toArray(String[]::new);
    String zeros = "[" + String.join(",", sixtyFour) + "]";
    server.embeds(
        status, body.replace("ZEROS", zeros).replace("NULLS", zeros.replace("0", "null")));
    fails("embedder", named, retryable);
  }

  @Test
  void anAbsentServerIsNamed() throws Exception {
    String unused = FakeHttp.unusedAddress();
    try (EmbeddingProvider embeddings = embeddings(unused, "embedder")) {
      assertThat(embeddings.model().dimensions()).isEqualTo(FakeOllama.DIMENSIONS);
      assertThatExceptionOfType(EmbeddingException.class)
          .isThrownBy(() -> embeddings.embed("hall"))
          .withMessage("Ollama at %s: not reachable", unused)
          .matches(EmbeddingException::isRetryable);
    }
  }

  private void fails(String name, String named, boolean retryable) {
    try (EmbeddingProvider embeddings = embeddings(server.address(), name)) {
      assertThatExceptionOfType(EmbeddingException.class)
          .isThrownBy(() -> embeddings.embedAll(List.of("hall")))
          .withMessageStartingWith("Ollama at ")
          .withMessageContaining(named)
          .matches(e -> e.isRetryable() == retryable, "retryable " + retryable);
    }
  }

  private static EmbeddingProvider embeddings(String address, String name) {
    EmbeddingModel words = new WordEmbeddings(FakeOllama.DIMENSIONS).model();
    return new OllamaEmbeddings(
        config(address), name, new EmbeddingModel("words", words.dimensions(), words.sameFact()));
  }

  private static OllamaConfig config(String address) {
    return new OllamaConfig(
        Optional.of(address),
        "unused",
        11434,
        Optional.empty(),
        "-1",
        2048,
        1024,
        Duration.ofMinutes(1));
  }
}
