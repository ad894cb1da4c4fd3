package io.smollama.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every {@link EmbeddingProvider} does. One thread at a time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EmbeddingProviderContract {
  private static final List<String> TEXTS =
      List.of(
          "Door open",
          "",
          " ",
          "\u0000",
          "CPU temperature 45 °C",
          "🌡️ 21 °C",
          "水",
          "\uD83C broken",
          "word ".repeat(5_000));

  private EmbeddingProvider provider;

  /**
   * A provider that can embed now; one is kept for most tests, because models are slow to load, and
   * one or two more are opened beside it.
   */
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
  void theModelIsKnownBeforeAndAfterItIsLoaded() {
    EmbeddingModel model = provider.model();
    provider.embed("The hall is cold");
    assertThat(provider.model()).isEqualTo(model);
  }

  @Test
  void sameTextGivesSameVector() {
    for (String text : TEXTS) {
      assertThat(provider.embed(text)).isEqualTo(provider.embed(text));
      assertThat(provider.embedQuery(text)).isEqualTo(provider.embedQuery(text));
    }
  }

  @Test
  void aTextSaidTwiceIsOneFact() {
    Embedding fact = provider.embed("Motion in the kitchen");
    assertThat(fact.cosine(provider.embed("Motion in the kitchen")))
        .isGreaterThanOrEqualTo(provider.model().sameFact());
    assertThat(fact.cosine(provider.embed("Boiler pressure falls at night")))
        .isLessThan(provider.model().sameFact());
  }

  @Test
  void batchGivesWhatSingleCallsGive() {
    List<Embedding> single = TEXTS.stream().map(provider::embed).toList();
    assertThat(provider.embedAll(TEXTS)).isEqualTo(single);
    List<String> reversed = new ArrayList<>(TEXTS);
    Collections.reverse(reversed);
    List<Embedding> reversedVectors = new ArrayList<>(single);
    Collections.reverse(reversedVectors);
    assertThat(provider.embedAll(reversed)).isEqualTo(reversedVectors);
    assertThat(provider.embedAll(List.of())).isEmpty();
  }

  @Test
  void anyTextHasAVectorOfLengthOne() {
    int dimensions = provider.model().dimensions();
    for (String text : TEXTS) {
      for (Embedding vector : List.of(provider.embed(text), provider.embedQuery(text))) {
        assertThat(vector.dimensions()).isEqualTo(dimensions);
        assertThat(vector.cosine(vector)).isCloseTo(1, within(1e-5));
      }
    }
  }

  @Test
  void threadsGetWhatOneGets() throws Exception {
    List<Embedding> alone = provider.embedAll(TEXTS);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<List<Embedding>> task = () -> TEXTS.stream().map(provider::embed).toList();
      for (Future<List<Embedding>> together : threads.invokeAll(Collections.nCopies(4, task))) {
        assertThat(together.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void closedItRefusesOrAnswersAsBefore() {
    EmbeddingProvider closing = open();
    Embedding before = closing.embed("Door open");
    closing.close();
    closing.close();
    try {
      assertThat(closing.embed("Door open")).isEqualTo(before);
      assertThat(closing.embedQuery("Door open")).isNotNull();
    } catch (IllegalStateException refusal) {
      assertThatIllegalStateException().isThrownBy(() -> closing.embedQuery("Door open"));
      assertThatIllegalStateException().isThrownBy(() -> closing.embedAll(TEXTS));
    }
    open().close();
  }

  @Test
  void sharedWordsAreCloserThanNone() {
    Embedding question = provider.embedQuery("garden soil moisture");
    double near = question.cosine(provider.embed("moisture of the garden soil"));
    double far = question.cosine(provider.embed("boiler pressure"));
    assertThat(near).isGreaterThan(far);
  }
}
