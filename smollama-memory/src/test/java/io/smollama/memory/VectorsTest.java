package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingException;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import io.smollama.testkit.WordEmbeddings;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VectorsTest extends VectorsFixture {
  private Vectors by(EmbeddingProvider provider) {
    return by(provider, 1);
  }

  private void put(int item, String text) {
    StoredText.put(database, item, text);
  }

  private long count(String what) {
    return database.read(
        connection -> {
          try (ResultSet row =
              connection.createStatement().executeQuery("SELECT count(*) FROM " + what)) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  @Test
  void goOnWhereAnEarlierRunStopped() {
    for (int item = 1; item <= 40; item++) {
      put(item, "text " + item);
    }
    Recording embedder = new Recording("m");
    embedder.failsAfter = 20;
    assertThat(by(embedder).fill(progress -> {}).failure()).contains("out of order");
    vectors.close();
    Recording mended = new Recording("m");
    assertThat(by(mended).fill(progress -> {}).isComplete()).isTrue();
    assertThat(mended.seen).hasSizeLessThan(25);
  }

  @Test
  void oneTextThatCannotBeEmbeddedDoesNotHoldUpTheOthers() {
    for (int item = 1; item <= 40; item++) {
      put(item, item == 35 ? "poison" : "text " + item);
    }
    VectorProgress progress = by(new Recording("m")).fill(told -> {});
    assertThat(progress.done()).isEqualTo(39);
    assertThat(index.newestMissing(5, Set.of())).containsExactly(35);
  }

  @Test
  void aFailingEmbedderIsLeftAloneForLongerEachTime() {
    put(1, "text");
    Recording broken = new Recording("m");
    broken.failsAfter = 0;
    by(broken).fill(progress -> {});
    int calls = broken.calls;
    index.load();
    vectors.fillFew();
    assertThat(broken.calls).isEqualTo(calls);
    clock.advance(Duration.ofMinutes(1));
    vectors.fillFew();
    assertThat(broken.calls).isGreaterThan(calls);
    calls = broken.calls;
    clock.advance(Duration.ofSeconds(90));
    vectors.fillFew();
    assertThat(broken.calls).isEqualTo(calls);
    clock.advance(Duration.ofSeconds(31));
    broken.failsAfter = 99;
    vectors.fillFew();
    assertThat(vectors.progress().isComplete()).isTrue();
  }

  @Test
  void aVectorDoesNotOutliveItsText() {
    put(1, "pump");
    by(new Recording("m")).fill(progress -> {});
    assertThat(count("vector_value")).isEqualTo(1);
    put(1, "pump");
    assertThat(count("vector_value")).isEqualTo(1);
    put(1, "boiler");
    assertThat(count("vector_value")).isZero();
    assertThat(count("vector_sign")).isZero();
    index.changed(Set.of(1L));
    assertThat(vectors.progress().done()).isZero();
  }

  @Test
  void aTextThatChangesWhileItIsEmbeddedGetsNoVectorOfTheOldOne() {
    put(1, "pump");
    by(new Recording("m"));
    index.load();
    Embedding old = new WordEmbeddings(64).embed("pump");
    put(1, "boiler");
    assertThat(index.store(List.of(new VectorTable.Made(1, "pump", old)))).isZero();
    assertThat(count("vector_value")).isZero();
  }

  @Test
  void anotherModelLeavesTheOldVectorsUntilItHasAll() {
    for (int item = 1; item <= 40; item++) {
      put(item, "text " + item);
    }
    by(new Recording("old")).fill(progress -> {});
    vectors.close();
    Recording other = new Recording("new");
    other.failsAfter = 20;
    by(other).fill(progress -> {});
    assertThat(count("vector_model")).isEqualTo(2);
    vectors.close();
    Recording back = new Recording("old");
    assertThat(by(back).progress().isComplete()).isTrue();
    vectors.close();
    by(new Recording("new")).fill(progress -> {});
    assertThat(count("vector_model")).isEqualTo(1);
    assertThat(count("vector_value")).isEqualTo(40);
    assertThat(count("vector_sign")).isEqualTo(40);
  }

  @Test
  void sketchesAreTakenAgainstAnotherMeanWhenTheCorpusHasDoubled() {
    for (int item = 1; item <= 600; item++) {
      put(item, "text " + item);
    }
    by(new Recording("m")).fill(progress -> {});
    assertThat(index.meanings().orElseThrow().centre().counted()).isBetween(512L, 600L);
    assertThat(count("vector_sign")).isEqualTo(600);
    RecallIndex again = new RecallIndex(database, Optional.of(new Recording("m").model()));
    again.load();
    assertThat(again.missing()).isZero();
    for (int item : new int[] {1, 300, 600}) {
      short[] fixed = VectorBytes.fixed(new WordEmbeddings(64).embed("text " + item));
      RecallIndex.Meanings meanings = again.meanings().orElseThrow();
      QuerySketch query = QuerySketch.ofVector(fixed, meanings.centre().mean());
      BestItems near = meanings.vectors().compare(query, 1, again.marks(), admission(again));
      assertThat(near.items()).containsExactly(item);
    }
  }

  private Admission admission(RecallIndex of) {
    return database.read(c -> Admission.of(c, RecallFilter.SHOWN, of.marks(), clock.instant()));
  }

  @Test
  void reindexMakesWordsAndVectorsAnew() {
    MemoryStore store = MemoryStore.open(folder.resolve("alone.sqlite"), new Recording("m"), clock);
    try (store) {
      store.remember(NewMemory.of("The cellar floods when it rains"));
      store.upkeep().fillVectors(progress -> {});
      assertThat(store.upkeep().reindex(progress -> {}))
          .isEqualTo(new VectorProgress("m", 1, 1, ""));
      RecallResult found = store.recall(RecallQuery.of("flooding cellar", 3));
      assertThat(found.hits()).hasSize(1);
      assertThat(found.uncompared()).isZero();
    }
    by(new Recording("m"));
  }

  @Test
  void recallSaysHowManyTextsItCouldNotCompare() {
    Recording broken = new Recording("m");
    broken.failsAfter = 0;
    broken.questionsWork = true;
    try (MemoryStore store = MemoryStore.open(folder.resolve("alone.sqlite"), broken, clock)) {
      store.observe(NewObservation.of("pump hums", ObservationType.STATUS, List.of()));
      store.observe(NewObservation.of("all quiet", ObservationType.STATUS, List.of()));
      RecallResult found = store.recall(RecallQuery.of("pump", 5));
      assertThat(found.byMeaning()).isTrue();
      assertThat(found.uncompared()).isEqualTo(2);
      assertThat(found.hits().get(0).text()).isEqualTo("pump hums");
      assertThat(store.upkeep().vectors().failure()).contains("out of order");
    }
    by(new Recording("m"));
  }

  /** Embeds words, remembers what it was asked, fails when told to and always at "poison". */
  private static final class Recording implements EmbeddingProvider {
    private final WordEmbeddings words = new WordEmbeddings(64);
    private final String id;
    private final List<String> seen = new ArrayList<>();
    private int failsAfter = Integer.MAX_VALUE;
    private boolean questionsWork;
    private int calls;

    Recording(String id) {
      this.id = id;
    }

    @Override
    public EmbeddingModel model() {
      return new EmbeddingModel(id, 64, 0.93);
    }

    @Override
    public synchronized Embedding embed(String text) {
      calls++;
      if (seen.size() >= failsAfter || text.equals("poison")) {
        throw new EmbeddingException(id, "is out of order", true);
      }
      seen.add(text);
      return words.embed(text);
    }

    @Override
    public Embedding embedQuery(String question) {
      return questionsWork ? words.embed(question) : embed(question);
    }
  }
}
