package io.smollama.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingException;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import io.smollama.testkit.EmbeddingProviderContract;
import io.smollama.testkit.WordEmbeddings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairedEmbeddingsTest {
  private final WordEmbeddings first = new WordEmbeddings(64);
  private final WordEmbeddings second = new WordEmbeddings(128);
  private final PairedEmbeddings pair = new PairedEmbeddings("pair", first, 0.3, second, 0.9);

  @Nested
  class OfWords extends EmbeddingProviderContract {
    @Override
    protected EmbeddingProvider open() {
      return new PairedEmbeddings(
          "words", new WordEmbeddings(64), 0.5, new WordEmbeddings(128), 0.9);
    }
  }

  @Test
  void itsCosineIsTheShareOfBoth() {
    String one = "the garden soil is dry";
    String other = "the soil of the garden is wet";
    assertThat(pair.embed(one).cosine(pair.embed(other)))
        .isCloseTo(
            0.3 * first.embed(one).cosine(first.embed(other))
                + 0.7 * second.embed(one).cosine(second.embed(other)),
            within(1e-6));
    assertThat(pair.model()).isEqualTo(new EmbeddingModel("pair", 192, 0.9));
  }

  @Test
  void asksBothForTheVectorOfAQuestion() {
    PairedEmbeddings halves =
        new PairedEmbeddings("pair", new Asked(first), 0.5, new Asked(second), 0.9);
    assertThat(halves.embedQuery("dry")).isEqualTo(halves.embed("asked dry"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void namesThePartThatFails(boolean retryable) {
    EmbeddingProvider broken = new Broken(retryable);
    for (PairedEmbeddings half :
        List.of(
            new PairedEmbeddings("pair", first, 0.5, broken, 0.9),
            new PairedEmbeddings("pair", broken, 0.5, first, 0.9))) {
      EmbeddingException failure =
          catchThrowableOfType(EmbeddingException.class, () -> half.embed("dry"));
      assertThat(failure)
          .hasMessage("broken: does not do its part of pair: disk: is full")
          .hasCauseInstanceOf(EmbeddingException.class);
      assertThat(failure.isRetryable()).isEqualTo(retryable);
    }
  }

  @Test
  void closesBothEvenIfOneFails() {
    List<String> closed = new ArrayList<>();
    PairedEmbeddings closing =
        new PairedEmbeddings(
            "pair", new Closing("first", closed), 0.5, new Closing("second", closed), 0.9);
    assertThatThrownBy(closing::close).isInstanceOf(EmbeddingException.class);
    assertThat(closed).containsExactlyInAnyOrder("first", "second");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 0, 1, 1.5, Double.NaN})
  void refusesAShareThatLeavesNothingToOne(double share) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PairedEmbeddings("pair", first, share, second, 0.9))
        .withMessageContaining(Double.toString(share));
  }

  private record Asked(EmbeddingProvider words) implements EmbeddingProvider {
    @Override
    public EmbeddingModel model() {
      return words.model();
    }

    @Override
    public Embedding embed(String text) {
      return words.embed(text);
    }

    @Override
    public Embedding embedQuery(String question) {
      return words.embed("asked " + question);
    }
  }

  private record Broken(boolean retryable) implements EmbeddingProvider {
    @Override
    public EmbeddingModel model() {
      return new EmbeddingModel("broken", 8, 0.9);
    }

    @Override
    public Embedding embed(String text) {
      throw new EmbeddingException("disk", "is full", retryable);
    }
  }

  private record Closing(String name, List<String> closed) implements EmbeddingProvider {
    @Override
    public EmbeddingModel model() {
      return new EmbeddingModel(name, 8, 0.9);
    }

    @Override
    public Embedding embed(String text) {
      return Embedding.of(new float[] {1, 0, 0, 0, 0, 0, 0, 0});
    }

    @Override
    public void close() {
      closed.add(name);
      throw new EmbeddingException(name, "does not close", false);
    }
  }
}
