package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.EmbeddingProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingChoiceTest {
  @TempDir Path folder;

  private Optional<EmbeddingProvider> choice(String... settings) {
    return EmbeddingChoice.of(config(settings), folder.resolve("unpacked"));
  }

  private NodeConfig config(String... settings) {
    ConfigLoader loader = new ConfigLoader(folder, folder, Map.of());
    return loader.load(Optional.empty(), List.of(settings)).config();
  }

  @Test
  void isTheSmallestModelUnlessSomethingElseIsSaid() {
    assertThat(choice().orElseThrow().model().id()).isEqualTo("all-minilm-l6-v2-q");
  }

  @ParameterizedTest
  @CsvSource({
    "all-minilm-l6-v2-q, all-minilm-l6-v2-q",
    "all-minilm, all-minilm-l6-v2-q",
    "all-minilm:l6-v2, all-minilm-l6-v2-q",
    "sentence-transformers/all-MiniLM-L6-v2, all-minilm-l6-v2-q",
    "e5-small-v2-q, e5-small-v2-q",
    "e5-small-v2, e5-small-v2-q",
    "intfloat/e5-small-v2, e5-small-v2-q",
    "minilm+e5, minilm+e5"
  })
  void goesByOurNamesAndThoseOfOtherPrograms(String name, String model) {
    EmbeddingProvider chosen = choice("memory.embedding_model=" + name).orElseThrow();
    assertThat(chosen.model().id()).isEqualTo(model);
    assertThat(folder).as("nothing is unpacked before it is used").isEmptyDirectory();
  }

  @Test
  void aMisspeltModelIsAnErrorThatNamesTheRightOnes() {
    assertThatThrownBy(() -> choice("memory.embedding_model=e5-smal-v2"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "memory.embedding_model is all-minilm-l6-v2-q, e5-small-v2-q or minilm+e5, was"
                + " 'e5-smal-v2'; did you mean 'e5-small-v2-q'?");
  }

  @ParameterizedTest
  @CsvSource({
    ", ollama/all-minilm:latest, 384",
    "all-minilm:l6-v2, ollama/all-minilm:l6-v2, 384",
    "nomic-embed-text, ollama/nomic-embed-text:latest, 768",
    "granite-embedding:278m, ollama/granite-embedding:278m, 768",
    "granite-embedding:30m, ollama/granite-embedding:30m, 384",
  })
  void ofOllamaAreKnownByNameWithoutAskingIt(String name, String id, int dimensions) {
    String model = "memory.embedding_model=" + (name == null ? "all-minilm-l6-v2-q" : name);
    EmbeddingProvider chosen = choice("memory.embedding_provider=ollama", model).orElseThrow();
    assertThat(chosen.model().id()).isEqualTo(id);
    assertThat(chosen.model().dimensions()).isEqualTo(dimensions);
  }

  @Test
  void ofAnUnknownModelOfOllamaNeedTheirLength() {
    String[] settings = {
      "memory.embedding_provider=ollama", "memory.embedding_model=nomic-embed-txt"
    };
    assertThatThrownBy(() -> choice(settings))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("did you mean 'nomic-embed-text'?")
        .hasMessageContaining("memory.embedding_dimensions");
    EmbeddingProvider chosen =
        choice(settings[0], settings[1], "memory.embedding_dimensions=512").orElseThrow();
    assertThat(chosen.model().dimensions()).isEqualTo(512);
    assertThatThrownBy(() -> choice(settings[0], "memory.embedding_dimensions=0"))
        .hasMessageContaining("memory.embedding_dimensions is 1 to 8192, was 0");
  }

  @Test
  void noneIsRecallByWords() {
    assertThat(choice("memory.embedding_provider=none")).isEmpty();
    assertThatThrownBy(() -> choice("memory.embedding_provider=magic"))
        .isInstanceOf(UserError.class)
        .hasMessage("memory.embedding_provider is auto, onnx, ollama or none, was 'magic'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"memory.embedding_unload_after=0s", "memory.embedding_unload_after_minutes=0"})
  void zeroKeepsTheModelInMemory(String setting) {
    assertThat(config(setting).memory().embeddingUnloadAfter()).isZero();
    assertThat(config().memory().embeddingUnloadAfter()).isEqualTo(Duration.ofMinutes(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"all-minilm", "e5-small-v2", "minilm+e5"})
  void theProgramBringsEveryModelThatCanBeChosen(String name) throws Exception {
    try (EmbeddingProvider chosen = choice("memory.embedding_model=" + name).orElseThrow()) {
      assertThat(chosen.embed("Door open").dimensions()).isEqualTo(chosen.model().dimensions());
    }
    assertThat(Files.list(folder.resolve("unpacked"))).isNotEmpty();
  }
}
