package io.smollama.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnDemandTogetherTest {
  private final List<String> events = new ArrayList<>();
  private final Queue<Runnable> looks = new ArrayDeque<>();
  private final OnDemand<AutoCloseable> model =
      new OnDemand<>(this::load, 2, Duration.ofMinutes(1), (delay, look) -> looks.add(look));

  private AutoCloseable load() {
    events.add("load");
    return () -> events.add("close");
  }

  private void use() {
    model.use(loaded -> "");
  }

  private void timePasses() {
    looks.remove().run();
  }

  @Test
  void soManyUsesGoOnAtOnceAndNoMore() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Callable<Object> pair =
        () ->
            model.use(
                loaded -> {
                  most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                  meet(together);
                  return inside.decrementAndGet();
                });
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      for (Future<Object> use : threads.invokeAll(Collections.nCopies(60, pair))) {
        use.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(most).hasValue(2);
    assertThat(events).containsExactly("load");
  }

  @Test
  void whatIsInUseIsNotLetGo() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leaving = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(1);
    try {
      Future<?> use = threads.submit(() -> model.use(loaded -> hold(inside, leaving)));
      inside.await();
      timePasses();
      timePasses();
      assertThat(events).containsExactly("load");
      leaving.countDown();
      use.get();
      timePasses();
      assertThat(events).as("used a moment ago").containsExactly("load");
      timePasses();
      assertThat(events).containsExactly("load", "close");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void closingWaitsForAllThatGoOnAndRefusesWhoWaits() throws Exception {
    CountDownLatch inside = new CountDownLatch(2);
    CountDownLatch leaving = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> going = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        going.add(threads.submit(() -> model.use(loaded -> hold(inside, leaving))));
      }
      inside.await();
      FutureTask<Void> late = new FutureTask<>(this::use, null);
      Thread waiting = new Thread(late);
      waiting.start();
      awaitWaiting(waiting);
      Thread closer = new Thread(model::close);
      closer.start();
      assertThatThrownBy(late::get).hasCauseInstanceOf(IllegalStateException.class);
      awaitWaiting(closer);
      assertThat(events).containsExactly("load");
      leaving.countDown();
      for (Future<?> use : going) {
        use.get();
      }
      closer.join();
      assertThat(events).containsExactly("load", "close");
    } finally {
      threads.shutdownNow();
    }
  }

  private static String hold(CountDownLatch inside, CountDownLatch leaving) {
    inside.countDown();
    awaitOrFail(leaving);
    return "held";
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(thread.isAlive()).as("it waits").isTrue();
      Thread.onSpinWait();
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
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
