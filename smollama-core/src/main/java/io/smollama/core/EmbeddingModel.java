package io.smollama.core;

/**
 * Which model made an embedding; kept beside every stored vector. Immutable.
 *
 * @param id a stable name that changes whenever the vectors change: {@code all-minilm-l6-v2-q}
 * @param dimensions the number of components, at least 1
 */
public record EmbeddingModel(String id, int dimensions) {
  public EmbeddingModel {
    if (id.isBlank() || dimensions < 1) {
      throw new IllegalArgumentException(
          "A model needs a name and at least one dimension, had '%s' and %d"
              .formatted(id, dimensions));
    }
  }
}
