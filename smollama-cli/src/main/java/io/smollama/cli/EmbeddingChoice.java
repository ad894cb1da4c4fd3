package io.smollama.cli;

import io.smollama.core.EmbeddingProvider;
import io.smollama.embeddings.ModelFile;
import io.smollama.embeddings.OnnxEmbeddings;
import io.smollama.embeddings.PairedEmbeddings;
import io.smollama.memory.MemoryConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The embedding model that a configuration asks for, by our names or those of other programs. */
final class EmbeddingChoice {
  private static final String MINILM = ModelFile.ALL_MINILM.model().id();
  private static final String E5 = ModelFile.E5_SMALL.model().id();
  private static final String BOTH = "minilm+e5";

  private EmbeddingChoice() {}

  /**
   * @param folder where models are unpacked
   * @return empty if the configuration wants recall by words alone
   */
  static Optional<EmbeddingProvider> of(MemoryConfig config, Path folder) {
    return switch (config.embeddingProvider().toLowerCase(Locale.ROOT)) {
      case "auto", "onnx", "ollama", "mock" -> Optional.of(model(config, folder));
      case "none" -> Optional.empty();
      default ->
          throw new UserError(
              "memory.embedding_provider is auto, onnx or none, was '%s'"
                  .formatted(config.embeddingProvider()));
    };
  }

  private static EmbeddingProvider model(MemoryConfig config, Path folder) {
    String name = config.embeddingModel().toLowerCase(Locale.ROOT).replaceFirst("^.*/", "");
    return switch (name) {
      case "all-minilm-l6-v2-q",
          "all-minilm-l6-v2",
          "all-minilm:l6-v2",
          "all-minilm:latest",
          "all-minilm:22m",
          "all-minilm",
          "minilm" ->
          new OnnxEmbeddings(folder, ModelFile.ALL_MINILM, config.embeddingUnloadAfter());
      case "e5-small-v2-q", "e5-small-v2", "e5-small", "e5" ->
          new OnnxEmbeddings(folder, ModelFile.E5_SMALL, config.embeddingUnloadAfter());
      case BOTH -> PairedEmbeddings.miniLmAndE5(folder, config.embeddingUnloadAfter());
      default ->
          throw new UserError(
              "memory.embedding_model is %s, %s or %s, was '%s'%s"
                  .formatted(
                      MINILM,
                      E5,
                      BOTH,
                      config.embeddingModel(),
                      NearestName.hint(name, List.of(MINILM, E5, BOTH))));
    };
  }
}
