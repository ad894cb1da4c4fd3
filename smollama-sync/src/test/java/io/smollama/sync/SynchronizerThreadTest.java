package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.testkit.SyncPeer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SynchronizerThreadTest extends SynchronizerFixture {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final CountDownLatch release = new CountDownLatch(1);

  private void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private void until(CountDownLatch latch, Runnable again) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!latch.await(1, TimeUnit.MILLISECONDS)) {
      assertThat(System.nanoTime() - deadline).isNegative();
      again.run();
    }
  }

  /** Counts down when so many exchanges have ended well. */
  private CountDownLatch meetings(int count) {
    CountDownLatch latch = new CountDownLatch(count);
    SyncPeer good = peer;
    peer =
        (call, message) -> {
          byte[] answer = good.answer(call, message);
          latch.countDown();
          return answer;
        };
    return latch;
  }

  @Test
  void meetsAtOnceAtTheIntervalAndWhenAskedTo() throws Exception {
    write(node, ChainId.KNOWLEDGE, 1, "{}");
    CountDownLatch first = meetings(1);
    Synchronizer synchronizer = synchronizer();
    synchronizer.start();
    synchronizer.start();
    await(first);
    CountDownLatch more = meetings(3);
    until(more, synchronizer::syncNow);
    CountDownLatch woken = meetings(1);
    nanos += SynchronizerConfig.DEFAULT.wakeAfter().toNanos() * 2;
    until(
        woken,
        () -> {
          synchronizer.wake();
          nanos += SynchronizerConfig.DEFAULT.wakeAfter().toNanos();
        });
  }

  @Test
  void closingBreaksOffWhatIsUnderWayAndLosesNothing() throws Exception {
    write(node, ChainId.KNOWLEDGE, 100, "{}");
    CountDownLatch asked = new CountDownLatch(1);
    SyncPeer good = peer;
    peer =
        (call, message) -> {
          byte[] answer = good.answer(call, message);
          asked.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return answer;
        };
    Synchronizer synchronizer = synchronizer();
    synchronizer.start();
    await(asked);
    assertThat(synchronizer.status().running()).isTrue();
    synchronizer.close();
    assertThat(synchronizer.status().running()).isFalse();
    synchronizer.close();
    release.countDown();
    assertThat(synchronizer.status().next()).isEmpty();
    assertThat(synchronizer.status().failure()).isEmpty();
    peer = good;
    synchronizer().meet();
    assertThat(node.frontier()).isEqualTo(server.frontier());
  }

  @Test
  void doesNothingAfterTheClose() {
    Synchronizer synchronizer = synchronizer();
    synchronizer.close();
    synchronizer.start();
    synchronizer.syncNow();
    assertThat(roundTrips).isZero();
  }
}
