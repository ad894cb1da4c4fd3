package io.smollama.testkit;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * An embedder without a model: each word is a direction drawn from its hash, a text is the sum of
 * its words. Texts that share words lie close, others do not; of meaning it knows nothing.
 * Thread-safe.
 */
public final class WordEmbeddings implements EmbeddingProvider {
  private final EmbeddingModel model;

  public WordEmbeddings(int dimensions) {
    this.model = new EmbeddingModel("words-" + dimensions, dimensions, 0.93);
  }

  @Override
  public EmbeddingModel model() {
    return model;
  }

  @Override
  public Embedding embed(String text) {
    float[] sum = new float[model.dimensions()];
    add(sum, ""); // so that no text is without direction
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      add(sum, word);
    }
    return Embedding.of(sum);
  }

  private static void add(float[] sum, String word) {
    SplittableRandom direction = new SplittableRandom(word.hashCode());
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (float) (direction.nextDouble() - 0.5);
    }
  }
}
