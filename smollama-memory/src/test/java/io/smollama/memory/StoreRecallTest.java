package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.EmbeddingException;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import io.smollama.testkit.WordEmbeddings;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreRecallTest extends MemoryFixture {
  @Nested
  class RecallByWordsAndMeaning {
    @BeforeEach
    void fill() {
      for (int i = 0; i < 30; i++) {
        store.observe(load("Humidity in room " + i + " as usual"));
      }
      store.remember(NewMemory.of("The cellar floods when it rains for two days"));
      store.observe(load("Motion sensor of the kitchen silent since noon"));
    }

    @Test
    void putsTheBestMatchFirst() {
      RecallResult found = store.recall(RecallQuery.of("why does the cellar flood", 3));
      assertThat(found.byMeaning()).isTrue();
      assertThat(found.hits().get(0).text()).startsWith("The cellar floods");
      assertThat(found.hits().get(0).kind()).isEqualTo(KnowledgeKind.MEMORY);
      assertThat(found.hits())
          .hasSize(3)
          .isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
    }

    @Test
    void filtersInsideTheSearch() {
      RecallQuery facts = new RecallQuery("humidity in room", 5, Set.of(KnowledgeKind.MEMORY));
      assertThat(store.recall(facts).hits())
          .extracting(RecallHit::text)
          .containsExactly("The cellar floods when it rains for two days");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "what is the", "?!\"*"})
    void withNoWordThatCountsListsTheLatest(String query) {
      assertThat(store.recall(RecallQuery.of(query, 2)).hits())
          .extracting(RecallHit::text)
          .containsExactly(
              "Motion sensor of the kitchen silent since noon",
              "The cellar floods when it rains for two days");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "NEAR(cellar",
          "cellar AND",
          "\"cellar",
          "cellar*",
          "text:cellar",
          "cellar -- x"
        })
    void takesSearchSyntaxAsWords(String query) {
      assertThat(store.recall(RecallQuery.of(query, 1)).hits().get(0).text()).contains("cellar");
    }

    @Test
    void findsEverythingAgainAfterReopening() {
      store.close();
      open();
      assertThat(store.recall(RecallQuery.of("kitchen motion", 1)).hits().get(0).text())
          .startsWith("Motion sensor");
      assertThat(store.stats()).isEqualTo(new MemoryStats(0, 31, 1, 32, 0, 0, 0));
    }
  }

  @Nested
  class WithoutAnEmbedder {
    @BeforeEach
    void reopen() {
      store.close();
      embedder = Optional.of(new AbsentEmbedder());
      open();
    }

    @Test
    void recallGoesByWordsAndSaysSo() {
      store.remember(NewMemory.of("The gate code is 4711"));
      store.remember(NewMemory.of("Bins go out on Monday"));
      RecallResult found = store.recall(RecallQuery.of("gate code", 5));
      assertThat(found.byMeaning()).isFalse();
      assertThat(found.hits()).extracting(RecallHit::why).containsExactly(RecallHit.Why.TEXT);
      assertThat(store.upkeep().embeddingFailure()).contains("no model here");
    }

    @Test
    void vectorsAreFilledInWhenOneComes() {
      store.remember(NewMemory.of("The gate code is 4711"));
      assertThat(store.stats().vectorsMissing()).isEqualTo(1);
      store.close();
      embedder = Optional.of(new WordEmbeddings(128));
      open();
      assertThat(store.recall(RecallQuery.of("code", 1)).byMeaning()).isTrue();
      assertThat(store.stats().vectorsMissing()).isZero();
    }
  }

  /** An embedder whose model is not there. */
  private static final class AbsentEmbedder implements EmbeddingProvider {
    @Override
    public EmbeddingModel model() {
      return new EmbeddingModel("absent", 8, 0.93);
    }

    @Override
    public io.smollama.core.Embedding embed(String text) {
      throw new EmbeddingException("absent", "no model here", false);
    }
  }
}
