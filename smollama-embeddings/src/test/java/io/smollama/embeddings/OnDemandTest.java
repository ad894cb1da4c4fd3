package io.smollama.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.EmbeddingException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OnDemandTest {
  private static final Duration IDLE = Duration.ofMinutes(10);

  private final List<String> events = new ArrayList<>();
  private final Queue<Runnable> looks = new ArrayDeque<>();
  private final OnDemand<AutoCloseable> model = new OnDemand<>(this::load, 2, IDLE, this::later);

  private AutoCloseable load() {
    events.add("load");
    return () -> events.add("close");
  }

  private void later(Duration delay, Runnable look) {
    assertThat(delay).isEqualTo(IDLE);
    looks.add(look);
  }

  private void use() {
    model.use(loaded -> events.add("use"));
  }

  private void timePasses() {
    looks.remove().run();
  }

  @Test
  void loadsAtTheFirstUseAndOnce() {
    assertThat(events).isEmpty();
    use();
    use();
    assertThat(events).containsExactly("load", "use", "use");
  }

  @Test
  void letsGoOfWhatNobodyUsedBetweenTwoLooks() {
    use();
    timePasses();
    assertThat(events).doesNotContain("close");
    timePasses();
    assertThat(events).containsExactly("load", "use", "close");
    assertThat(looks).as("no look at what is not there").isEmpty();
  }

  @Test
  void keepsWhatIsUsedNowAndThen() {
    for (int i = 0; i < 5; i++) {
      use();
      timePasses();
    }
    assertThat(events).containsOnlyOnce("load").doesNotContain("close");
    assertThat(looks).hasSize(1);
  }

  @Test
  void loadsAgainAfterItLetGo() {
    use();
    timePasses();
    timePasses();
    use();
    assertThat(events).containsExactly("load", "use", "close", "load", "use");
    assertThat(looks).hasSize(1);
  }

  @Test
  void zeroKeepsItForGood() {
    try (OnDemand<AutoCloseable> kept = new OnDemand<>(this::load, 2, Duration.ZERO, this::later)) {
      kept.use(loaded -> "");
      assertThat(looks).isEmpty();
    }
  }

  @Test
  void triesAgainAfterALoadThatFailed() {
    Queue<Boolean> outcomes = new ArrayDeque<>(List.of(false, true));
    try (OnDemand<AutoCloseable> fickle =
        new OnDemand<>(
            () -> {
              if (!outcomes.remove()) {
                throw new EmbeddingException("disk", "is full", true);
              }
              return load();
            },
            2,
            IDLE,
            this::later)) {
      assertThatThrownBy(() -> fickle.use(loaded -> "")).isInstanceOf(EmbeddingException.class);
      assertThat(looks).isEmpty();
      assertThat(fickle.<String>use(loaded -> "used")).isEqualTo("used");
    }
  }

  @Test
  void closesOnceAndRefusesThen() {
    use();
    model.close();
    model.close();
    timePasses();
    assertThatThrownBy(this::use).isInstanceOf(IllegalStateException.class);
    assertThat(events).containsExactly("load", "use", "close");
  }

  @Test
  void whatWasNeverUsedClosesWithoutLoading() {
    model.close();
    assertThat(events).isEmpty();
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(thread.isAlive()).as("it waits").isTrue();
      Thread.onSpinWait();
    }
  }

  @Test
  void aLoadThatFailsBecauseOfTheCloseIsARefusal() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    OnDemand<AutoCloseable> torn =
        new OnDemand<>(
            () -> {
              loading.countDown();
              awaitOrFail(closing);
              throw new EmbeddingException("library", "does not load: Shutdown in progress", false);
            },
            2,
            IDLE,
            this::later);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> user = threads.submit(() -> torn.use(loaded -> ""));
      loading.await();
      Thread closer = new Thread(torn::close);
      closer.start();
      awaitWaiting(closer); // for the load, flag set
      closing.countDown();
      assertThatThrownBy(user::get)
          .hasCauseInstanceOf(IllegalStateException.class)
          .rootCause()
          .hasMessageContaining("Shutdown in progress");
      closer.join();
    } finally {
      threads.shutdownNow();
    }
  }

  private static void awaitOrFail(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
