package io.smollama.memory;

/**
 * How far the vectors of all texts are. Immutable.
 *
 * @param model the embedding model that makes them
 * @param done texts that have one
 * @param total texts
 * @param failure why no more can be made at present; empty if they can or nobody tried
 */
public record VectorProgress(String model, long done, long total, String failure) {
  /** Whether every text can be found by meaning. */
  public boolean isComplete() {
    return done == total;
  }
}
