package io.smollama.core;

/**
 * Which model made an embedding; kept beside every stored vector. Immutable.
 *
 * @param id a stable name that changes whenever the vectors change: {@code all-minilm-l6-v2-q}
 * @param dimensions the number of components, at least 1
 * @param sameFact the cosine from which two statements may be one fact said twice; above -1, at
 *     most 1. Each model has its own: the cosines of some all lie between 0.7 and 0.9
 */
public record EmbeddingModel(String id, int dimensions, double sameFact) {
  public EmbeddingModel {
    if (!(sameFact > -1 && sameFact <= 1)) {
      throw new IllegalArgumentException(
          "The cosine of two statements of one fact is above -1 and at most 1, was " + sameFact);
    }
    if (id.isBlank() || dimensions < 1) {
      throw new IllegalArgumentException(
          "A model needs a name and at least one dimension, had '%s' and %d"
              .formatted(id, dimensions));
    }
  }
}
