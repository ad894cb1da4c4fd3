package io.smollama.core;

import java.util.List;

/**
 * Turns text into {@link Embedding}s, so that it can be found by meaning.
 *
 * <p>Implementations give the same vector for the same text, of {@link EmbeddingModel#dimensions}
 * components, cut what is longer than their model reads, and accept any text, an empty one
 * included. They load what they need at the first call, not when they are made. They throw {@link
 * EmbeddingException} when the model cannot be had, and never give a vector that stands for a
 * failure. Once closed they refuse calls with {@link IllegalStateException}, or, where there was
 * nothing to let go of, answer as before. Thread-safe.
 */
public interface EmbeddingProvider extends AutoCloseable {

  /** The model behind the vectors; known without loading it. */
  EmbeddingModel model();

  /** Embeds what is stored: an observation, a fact, a description. */
  Embedding embed(String text);

  /** Embeds what is asked. Models that treat questions differently override this. */
  default Embedding embedQuery(String question) {
    return embed(question);
  }

  /** Embeds several stored texts, in order. */
  default List<Embedding> embedAll(List<String> texts) {
    return texts.stream().map(this::embed).toList();
  }

  /** Lets go of the model. Calling it again does nothing. */
  @Override
  default void close() {}
}
