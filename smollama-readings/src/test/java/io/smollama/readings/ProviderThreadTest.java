package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingProvider;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ProviderThreadTest extends HubFixture {
  @Test
  void concurrentPassesShareOneRead() throws Exception {
    StuckReadings slow = new StuckReadings();
    try (ReadingHub shared = new ReadingHub(PATIENT, clock, Nanos.of(clock))) {
      shared.register(slow);
      FutureTask<List<Reading>> first = new FutureTask<>(shared::readAll);
      FutureTask<List<Reading>> second = new FutureTask<>(shared::readAll);
      Thread waiting = new Thread(second);
      new Thread(first).start();
      slow.entered.await();
      waiting.start();
      eventually(() -> waiting.getState() == Thread.State.TIMED_WAITING);
      slow.release.countDown();
      assertThat(first.get(30, TimeUnit.SECONDS)).hasSize(1);
      assertThat(second.get(30, TimeUnit.SECONDS)).hasSize(1);
      assertThat(slow.reads).hasValue(1);
    }
  }

  @RepeatedTest(50)
  void callsItFromRegistrationToClose() throws Exception {
    Set<Thread> callers = ConcurrentHashMap.newKeySet();
    hub.register(new CallerRecorder(callers));
    Thread other = new Thread(hub::readAll);
    other.start();
    other.join();
    hub.read(SourceId.parse("recorder:x"));
    hub.readAll();
    hub.close();
    assertThat(callers).hasSize(1).allMatch(Thread::isDaemon);
  }

  @Test
  void closesOneThatWasNeverRead() {
    StuckReadings unread = new StuckReadings();
    ProviderHealth health = new ProviderHealth("stuck", PATIENT, clock, Nanos.of(clock));
    assertThat(new ProviderThread("stuck", unread, health).close()).isCompleted();
    assertThat(unread.closes).hasValue(1);
  }

  @Test
  void readsProvidersInParallel() {
    CountDownLatch bothInside = new CountDownLatch(2);
    hub.register(new Meeting("a", bothInside));
    hub.register(new Meeting("b", bothInside));
    assertThat(readAll()).containsExactly("a:x 1", "b:x 1");
  }

  /** Reads only once another provider is being read as well. */
  private record Meeting(String type, CountDownLatch bothInside) implements ReadingProvider {
    @Override
    public List<Source> sources() {
      return List.of(new Source(new SourceId(type, "x"), "", ""));
    }

    @Override
    public Optional<Reading> read(SourceId source) {
      bothInside.countDown();
      try {
        bothInside.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Optional.of(Reading.of(source.toString(), 1, "", Instant.EPOCH));
    }
  }

  /** Notes who calls it. */
  private record CallerRecorder(Set<Thread> callers) implements ReadingProvider {
    @Override
    public String type() {
      return "recorder";
    }

    @Override
    public List<Source> sources() {
      callers.add(Thread.currentThread());
      return List.of(new Source(new SourceId("recorder", "x"), "", ""));
    }

    @Override
    public Optional<Reading> read(SourceId source) {
      callers.add(Thread.currentThread());
      return Optional.empty();
    }

    @Override
    public void close() {
      callers.add(Thread.currentThread());
    }
  }
}
