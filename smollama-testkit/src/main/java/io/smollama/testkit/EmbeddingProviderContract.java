package io.smollama.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingProvider;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every {@link EmbeddingProvider} does. One thread at a time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EmbeddingProviderContract {
  private EmbeddingProvider provider;

  /** A provider that can embed now; opened once for all tests, because models are slow to load. */
  protected abstract EmbeddingProvider open();

  @BeforeAll
  final void openProvider() {
    provider = open();
  }

  @AfterAll
  final void closeProvider() {
    provider.close();
    provider.close();
  }

  @Test
  void vectorsHaveTheModelsDimensions() {
    assertThat(provider.embed("The hall is cold").dimensions())
        .isEqualTo(provider.model().dimensions());
    assertThat(provider.embedQuery("Is it cold?").dimensions())
        .isEqualTo(provider.model().dimensions());
  }

  @Test
  void sameTextGivesSameVector() {
    assertThat(
            provider.embed("Motion in the kitchen").cosine(provider.embed("Motion in the kitchen")))
        .isCloseTo(1, within(1e-5));
  }

  @Test
  void batchGivesWhatSingleCallsGive() {
    List<String> texts = List.of("Door open", "", "CPU temperature 45 °C");
    List<Embedding> batch = provider.embedAll(texts);
    assertThat(batch).hasSameSizeAs(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(batch.get(i).cosine(provider.embed(texts.get(i)))).isCloseTo(1, within(1e-3));
    }
    assertThat(provider.embedAll(List.of())).isEmpty();
  }

  @Test
  void takesAnyText() {
    for (String text : List.of("", " ", "\u0000", "🌡️ 21 °C", "水", "word ".repeat(5_000))) {
      assertThat(provider.embed(text).dimensions()).isEqualTo(provider.model().dimensions());
    }
  }

  @Test
  void sharedWordsAreCloserThanNone() {
    Embedding question = provider.embedQuery("garden soil moisture");
    double near = question.cosine(provider.embed("moisture of the garden soil"));
    double far = question.cosine(provider.embed("boiler pressure"));
    assertThat(near).isGreaterThan(far);
  }
}
