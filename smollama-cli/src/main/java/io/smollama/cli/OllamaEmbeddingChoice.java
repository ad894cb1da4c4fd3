package io.smollama.cli;

import io.smollama.agent.OllamaConfig;
import io.smollama.agent.OllamaEmbeddings;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import io.smollama.memory.MemoryConfig;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Embeddings by a model of Ollama. How long its vectors are must be known before Ollama is asked: a
 * node starts without it, too, and keeps what it has.
 */
final class OllamaEmbeddingChoice {
  private static final String BUILT_IN_DEFAULT = MemoryConfig.defaults().embeddingModel();
  private static final String DEFAULT = "all-minilm";

  /** As their makers publish them; a model that has another length is refused when it is used. */
  private static final Map<String, Integer> DIMENSIONS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("all-minilm", 384),
              Map.entry("bge-large", 1024),
              Map.entry("bge-m3", 1024),
              Map.entry("embeddinggemma", 768),
              Map.entry("granite-embedding", 384),
              Map.entry("granite-embedding:278m", 768),
              Map.entry("mxbai-embed-large", 1024),
              Map.entry("nomic-embed-text", 768),
              Map.entry("paraphrase-multilingual", 768),
              Map.entry("qwen3-embedding:0.6b", 1024),
              Map.entry("snowflake-arctic-embed", 1024),
              Map.entry("snowflake-arctic-embed:110m", 768),
              Map.entry("snowflake-arctic-embed:137m", 768),
              Map.entry("snowflake-arctic-embed:22m", 384),
              Map.entry("snowflake-arctic-embed:33m", 384)));

  /** Of the built-in all-minilm, which Ollama's is in another form. */
  private static final double SAME_FACT = 0.98;

  /** Where nobody has measured, only what is all but equal is one fact said twice. */
  private static final double SAME_FACT_UNMEASURED = 0.99;

  private OllamaEmbeddingChoice() {}

  static EmbeddingProvider of(MemoryConfig config, OllamaConfig ollama) {
    String named = config.embeddingModel().strip();
    String name = named.isEmpty() || named.equals(BUILT_IN_DEFAULT) ? DEFAULT : named;
    int dimensions =
        config.embeddingDimensions().or(() -> known(name)).orElseThrow(() -> unknown(name));
    double sameFact = family(name).equals(DEFAULT) ? SAME_FACT : SAME_FACT_UNMEASURED;
    EmbeddingModel model = new EmbeddingModel("ollama/" + tagged(name), dimensions, sameFact);
    return new OllamaEmbeddings(ollama, name, model);
  }

  private static Optional<Integer> known(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(DIMENSIONS.get(lower))
        .or(() -> Optional.ofNullable(DIMENSIONS.get(family(lower))));
  }

  private static UserError unknown(String name) {
    return new UserError(
        ("How long the vectors of Ollama's %s are is not known here%s; name it as"
                + " memory.embedding_dimensions ('ollama show %s' says it: embedding length)")
            .formatted(name, NearestName.hint(name, DIMENSIONS.keySet()), name));
  }

  private static String family(String name) {
    return name.replaceFirst(":[^/]*$", "");
  }

  private static String tagged(String name) {
    return family(name).equals(name) ? name + ":latest" : name;
  }
}
