package io.smollama.cli;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Names of models of Ollama that small machines have room for, to find what somebody meant. */
final class KnownModels {
  private static final List<String> NAMES =
      List.of(
          "all-minilm",
          "bge-m3",
          "deepseek-r1:1.5b",
          "embeddinggemma",
          "functiongemma",
          "gemma3:1b",
          "gemma3:270m",
          "gemma3:4b",
          "granite-embedding",
          "llama3.2",
          "llama3.2:1b",
          "llama3.2:3b",
          "mxbai-embed-large",
          "nomic-embed-text",
          "phi3",
          "qwen2.5:0.5b",
          "qwen2.5:1.5b",
          "qwen2.5:3b",
          "qwen3:0.6b",
          "qwen3:1.7b",
          "qwen3:4b",
          "smollm2:135m",
          "smollm2:1.7b",
          "smollm2:360m",
          "snowflake-arctic-embed",
          "tinyllama");

  private KnownModels() {}

  /** What somebody may have meant, these or others. */
  static Optional<String> nearest(String name, Collection<String> others) {
    TreeSet<String> all = new TreeSet<>(NAMES);
    all.addAll(others);
    all.remove(name);
    return NearestName.of(name, all);
  }
}
