package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import io.smollama.testkit.WordEmbeddings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VectorFillTest extends VectorsFixture {
  private final Watched embedder = new Watched();

  private Vectors on(int threads) {
    return by(embedder, threads);
  }

  private void put(int texts) {
    for (int item = 1; item <= texts; item++) {
      StoredText.put(database, item, "text " + item);
    }
  }

  @Test
  void makesTheNewestFirstAndStoresManyAtOnce() {
    put(200);
    List<VectorProgress> told = new ArrayList<>();
    assertThat(on(1).fill(told::add).isComplete()).isTrue();
    assertThat(List.copyOf(embedder.seen).subList(0, 8))
        .contains("text 200", "text 193")
        .doesNotContain("text 192");
    assertThat(told).extracting(VectorProgress::done).containsExactly(8L, 72L, 136L, 200L);
    assertThat(told.get(0)).isEqualTo(new VectorProgress("watched", 8, 200, ""));
  }

  @Test
  void oneThreadIsTheCallersOwn() {
    put(100);
    on(1).fill(progress -> {});
    assertThat(embedder.by).containsOnlyKeys(Thread.currentThread());
  }

  @Test
  void severalThreadsEmbedAtOnceOnceTheFirstFewTextsWentWell() {
    put(8 + 3 * 8);
    CyclicBarrier three = new CyclicBarrier(3);
    embedder.before =
        text -> {
          if (embedder.seen.size() >= 8) {
            three.await(1, TimeUnit.MINUTES);
          }
        };
    assertThat(on(3).fill(progress -> {}).isComplete()).isTrue();
    assertThat(embedder.by).hasSize(4).containsEntry(Thread.currentThread(), 8);
  }

  @Test
  void severalThreadsMakeWhatOneMakes() {
    put(300);
    on(4).fill(progress -> {});
    assertThat(embedder.seen).hasSize(300).doesNotHaveDuplicates();
    int[] items = {1, 150, 300};
    short[][] stored = database.read(c -> index.meanings().orElseThrow().table().values(c, items));
    for (int i = 0; i < items.length; i++) {
      assertThat(stored[i])
          .isEqualTo(VectorBytes.fixed(new WordEmbeddings(64).embed("text " + items[i])));
    }
  }

  @Test
  void closingEndsItSoonAndWhatIsMadeIsStored() throws Exception {
    put(500);
    CountDownLatch closing = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(1);
    embedder.before =
        text -> {
          if (embedder.seen.size() >= 100) {
            inside.countDown();
            closing.await();
          }
        };
    FutureTask<VectorProgress> filling = new FutureTask<>(() -> on(2).fill(progress -> {}));
    new Thread(filling).start();
    inside.await();
    Thread closer = new Thread(vectors::close);
    closer.start();
    awaitWaiting(closer);
    closing.countDown();
    assertThat(filling.get().done()).isEqualTo(embedder.seen.size()).isBetween(100L, 116L);
    closer.join();
  }

  @Test
  void theBackgroundMakesRoomForSomebodyWhoWaits() throws Exception {
    put(100);
    on(2);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    embedder.before =
        text -> {
          inside.countDown();
          waiting.await();
        };
    Thread background = new Thread(vectors::fillInBackground);
    background.start();
    inside.await();
    FutureTask<VectorProgress> filling = new FutureTask<>(() -> vectors.fill(progress -> {}));
    Thread person = new Thread(filling);
    person.start();
    awaitWaiting(person);
    waiting.countDown();
    assertThat(filling.get().isComplete()).isTrue();
    background.join();
    assertThat(embedder.by).containsEntry(background, 8);
  }

  @Test
  void anEmbedderThatIsClosedMeanwhileIsAnError() {
    put(100);
    embedder.before =
        text -> {
          if (embedder.seen.size() >= 20) {
            throw new IllegalStateException("closed");
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> on(2).fill(progress -> {}))
        .withMessage("closed");
    embedder.before = text -> {};
    assertThat(vectors.fill(progress -> {}).isComplete()).isTrue();
  }

  private static void awaitWaiting(Thread thread) {
    Collection<Thread.State> waits = List.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
    while (!waits.contains(thread.getState())) {
      assertThat(thread.isAlive()).as("it waits").isTrue();
      Thread.onSpinWait();
    }
  }

  private interface Before {
    void embed(String text) throws Exception;
  }

  /** Embeds words and remembers which thread made how many. */
  private static final class Watched implements EmbeddingProvider {
    private final WordEmbeddings words = new WordEmbeddings(64);
    private final Collection<String> seen = new ConcurrentLinkedQueue<>();
    private final Map<Thread, Integer> by = new ConcurrentHashMap<>();
    private volatile Before before = text -> {};

    @Override
    public EmbeddingModel model() {
      return new EmbeddingModel("watched", 64, 0.93);
    }

    @Override
    public Embedding embed(String text) {
      try {
        before.embed(text);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      seen.add(text);
      by.merge(Thread.currentThread(), 1, Integer::sum);
      return words.embed(text);
    }
  }
}
