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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedding model that a configuration asks for, by our names or those of other programs. */
final class EmbeddingChoice {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddingChoice.class);
  private static final String MINILM = ModelFile.ALL_MINILM.model().id();
  private static final String E5 = ModelFile.E5_SMALL.model().id();
  private static final String BOTH = "minilm+e5";

  private EmbeddingChoice() {}

  /**
   * @param folder where models are unpacked
   * @return empty if the configuration wants recall by words alone
   */
  static Optional<EmbeddingProvider> of(NodeConfig whole, Path folder) {
    MemoryConfig config = whole.memory();
    return switch (config.embeddingProvider().toLowerCase(Locale.ROOT)) {
      case "auto", "onnx" -> Optional.of(model(config, folder));
      case "ollama" -> Optional.of(OllamaEmbeddingChoice.of(config, whole.ollama()));
      // of Smollama for Python; its model may have any name
      case "mock" -> Optional.of(nearestModel(config, folder));
      case "none" -> Optional.empty();
      default ->
          throw new UserError(
              "memory.embedding_provider is auto, onnx, ollama or none, was '%s'"
                  .formatted(config.embeddingProvider()));
    };
  }

  private static EmbeddingProvider nearestModel(MemoryConfig config, Path folder) {
    try {
      return model(config, folder);
    } catch (UserError e) {
      LOG.warn(
          "The embedding model {} is not built in; {} is used in its place",
          config.embeddingModel(),
          MINILM);
      return new OnnxEmbeddings(folder, ModelFile.ALL_MINILM, config.embeddingUnloadAfter());
    }
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
