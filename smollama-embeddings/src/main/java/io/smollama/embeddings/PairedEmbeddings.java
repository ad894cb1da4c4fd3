package io.smollama.embeddings;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingException;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/**
 * Two models side by side: finds what either finds. The vectors are joined, each scaled by the root
 * of its share, so that the cosine of two joined vectors is {@code share * first + (1 - share) *
 * second} of the two models' cosines.
 *
 * <p>It needs both: when one fails, an {@link EmbeddingException} names it, and is retryable when
 * the failure is. Closing closes both. Thread-safe.
 */
public final class PairedEmbeddings implements EmbeddingProvider {
  /**
   * The spread of the cosines of one question is 0.10 for all-MiniLM-L6-v2 and 0.03 for
   * e5-small-v2, on talk and on house notes; a share of 0.25 makes both count alike. A little more
   * for the first, which is better at short notes, finds more of a house and as much of a
   * conversation.
   */
  private static final double MINILM_SHARE = 0.33;

  private final EmbeddingModel model;
  private final EmbeddingProvider first;
  private final EmbeddingProvider second;
  private final double firstScale;
  private final double secondScale;

  /**
   * @param id the pair's own name; another one when a model or the share changes
   * @param share of the first model in the cosine, above 0 and below 1
   * @param sameFact the cosine of the pair from which two statements may be one fact
   * @param first closed with the pair, like the second
   */
  public PairedEmbeddings(
      String id, EmbeddingProvider first, double share, EmbeddingProvider second, double sameFact) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "The share of the first model is above 0 and below 1, was " + share);
    }
    this.model =
        new EmbeddingModel(id, first.model().dimensions() + second.model().dimensions(), sameFact);
    this.first = first;
    this.second = second;
    this.firstScale = Math.sqrt(share);
    this.secondScale = Math.sqrt(1 - share);
  }

  /**
   * {@link ModelFile#ALL_MINILM} and {@link ModelFile#E5_SMALL}: on questions to a house and on
   * conversations better than either, at the time and memory of both.
   *
   * @param folder as for {@link OnnxEmbeddings}
   * @param unloadAfter as for {@link OnnxEmbeddings}
   */
  public static PairedEmbeddings miniLmAndE5(Path folder, Duration unloadAfter) {
    return new PairedEmbeddings(
        "minilm+e5",
        new OnnxEmbeddings(folder, ModelFile.ALL_MINILM, unloadAfter),
        MINILM_SHARE,
        new OnnxEmbeddings(folder, ModelFile.E5_SMALL, unloadAfter),
        0.985);
  }

  @Override
  public EmbeddingModel model() {
    return model;
  }

  @Override
  public Embedding embed(String text) {
    return join(provider -> provider.embed(text));
  }

  @Override
  public Embedding embedQuery(String question) {
    return join(provider -> provider.embedQuery(question));
  }

  private Embedding join(Function<EmbeddingProvider, Embedding> embed) {
    float[] joined = new float[model.dimensions()];
    put(ask(first, embed), firstScale, joined, 0);
    put(ask(second, embed), secondScale, joined, first.model().dimensions());
    return Embedding.of(joined);
  }

  private Embedding ask(EmbeddingProvider part, Function<EmbeddingProvider, Embedding> embed) {
    try {
      return embed.apply(part);
    } catch (EmbeddingException e) {
      throw new EmbeddingException(
          part.model().id(),
          "does not do its part of %s: %s".formatted(model.id(), e.getMessage()),
          e.isRetryable(),
          e);
    }
  }

  private static void put(Embedding part, double scale, float[] joined, int from) {
    float[] unit = part.toArray();
    for (int i = 0; i < unit.length; i++) {
      joined[from + i] = (float) (unit[i] * scale);
    }
  }

  @Override
  public void close() {
    try (first;
        second) {
      // Both are closed, even if one of them fails.
    }
  }
}
