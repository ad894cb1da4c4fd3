package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.ReadingProvider;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import io.smollama.readings.ProviderState.Health;
import io.smollama.testkit.FixedReadings;
import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ReadingHubTest {
  private static final SourceId STUCK = SourceId.parse("stuck:x");
  private static final HubConfig PATIENT =
      new HubConfig(Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofSeconds(60));

  private final ManualClock clock = new ManualClock();
  private final Instant noon = clock.instant();
  private final HubConfig config =
      new HubConfig(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(60));
  private final ReadingHub hub = new ReadingHub(config, clock, Nanos.of(clock));
  private final FixedReadings garden =
      new FixedReadings("garden", clock).set("soil", 41, "percent");
  private final FixedReadings hall = new FixedReadings("hall", clock).set("temp", 21, "celsius");

  @AfterEach
  void closeHub() {
    hub.close();
  }

  private List<String> readAll() {
    return hub.readAll().stream().map(Reading::describe).toList();
  }

  private ProviderState state(String type) {
    return hub.states().stream().filter(s -> s.type().equals(type)).findFirst().orElseThrow();
  }

  private static void eventually(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait(); // the class has a timeout
    }
  }

  @Nested
  class Registration {
    @Test
    void bringsSourcesAndReadingsInItsOrder() {
      hub.register(hall);
      hub.register(garden);
      assertThat(hub.sources())
          .extracting(source -> source.id().toString())
          .containsExactly("hall:temp", "garden:soil");
      assertThat(readAll()).containsExactly("hall:temp 21 °C", "garden:soil 41 %");
      assertThat(hub.states())
          .containsExactly(
              new ProviderState("hall", Health.OK, Optional.empty(), 0, "", 1),
              new ProviderState("garden", Health.OK, Optional.empty(), 0, "", 1));
    }

    @Test
    void refusesASecondProviderOfOneTypeByName() {
      hub.register(garden);
      assertThatThrownBy(() -> hub.register(new FixedReadings("garden", clock)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'garden'");
      assertThat(readAll()).containsExactly("garden:soil 41 %");
    }

    @Test
    void canBeUndone() {
      hub.register(garden);
      hub.register(hall);
      hub.unregister("garden");
      assertThat(readAll()).containsExactly("hall:temp 21 °C");
      hub.register(garden);
      assertThat(readAll()).containsExactly("hall:temp 21 °C", "garden:soil 41 %");
    }

    @Test
    void ofAnUnknownTypeIsUndoneWithoutHarm() {
      hub.unregister("nobody");
      assertThat(hub.states()).isEmpty();
    }

    @Test
    void learnsNewSourcesWithTheNextPass() {
      hub.register(garden);
      garden.set("rain", 2, "mm");
      hub.readAll();
      assertThat(hub.sources()).hasSize(2);
      assertThat(state("garden").sources()).isEqualTo(2);
    }

    @Test
    void survivesAProviderThatCannotTellItsSources() {
      hub.register(
          new ReadingProvider() {
            @Override
            public String type() {
              return "odd";
            }

            @Override
            public List<Source> sources() {
              throw new NoClassDefFoundError("libodd");
            }

            @Override
            public Optional<Reading> read(SourceId source) {
              return Optional.empty();
            }
          });
      hub.register(garden);
      assertThat(readAll()).containsExactly("garden:soil 41 %");
      assertThat(state("odd").health()).isEqualTo(Health.FAILING);
      assertThat(state("odd").lastError()).contains("libodd");
    }
  }

  @Nested
  class OneRead {
    @Test
    void givesThePresentValue() {
      hub.register(garden);
      assertThat(hub.read(SourceId.parse("garden:soil")).map(Reading::display)).hasValue("41 %");
    }

    @Test
    void ofAnUnknownSourceIsNothing() {
      hub.register(garden);
      assertThat(hub.read(SourceId.parse("garden:moon"))).isEmpty();
      assertThat(hub.read(SourceId.parse("moon:garden"))).isEmpty();
    }

    @Test
    void thatFailsSaysSo() {
      hub.register(garden);
      garden.failing(true);
      assertThatThrownBy(() -> hub.read(SourceId.parse("garden:soil")))
          .isInstanceOf(ReadingException.class)
          .hasMessage("garden:soil: told to fail");
    }

    @Test
    void thatHangsSaysSoAfterTheDeadlineAndAtOnceFromThenOn() {
      StuckReadings stuck = new StuckReadings();
      hub.register(stuck);
      assertThatThrownBy(() -> hub.read(STUCK))
          .isInstanceOf(ReadingException.class)
          .hasMessageContaining("stuck:x")
          .hasMessageContaining("500 ms");
      assertThatThrownBy(() -> hub.read(STUCK))
          .isInstanceOf(ReadingException.class)
          .hasMessageContaining("still hangs");
      assertThat(stuck.reads).hasValue(1);
    }
  }

  @Nested
  class AFailingProvider {
    @Test
    void doesNotHideTheOthersAndSaysSinceWhen() {
      hub.register(garden);
      hub.register(hall);
      garden.failing(true);
      clock.advance(Duration.ofMinutes(1));
      assertThat(readAll()).containsExactly("hall:temp 21 °C");
      assertThat(state("garden"))
          .isEqualTo(
              new ProviderState(
                  "garden",
                  Health.FAILING,
                  Optional.of(noon.plusSeconds(60)),
                  1,
                  "garden:soil: told to fail",
                  1));
    }

    @Test
    void isLeftAloneForTwiceAsLongEachTime() {
      CountingFailure broken = new CountingFailure();
      hub.register(broken);
      List<Long> secondsOfReads = new ArrayList<>();
      for (int second = 0; second < 200; second++) {
        int before = broken.reads.get();
        hub.readAll();
        if (broken.reads.get() > before) {
          secondsOfReads.add((long) second);
        }
        clock.advance(Duration.ofSeconds(1));
      }
      assertThat(secondsOfReads).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L);
      assertThat(state("broken").failures()).isEqualTo(9);
      assertThat(state("broken").since()).hasValue(noon);
    }

    @Test
    void isReadWhenAskedForByName() {
      CountingFailure broken = new CountingFailure();
      hub.register(broken);
      hub.readAll();
      hub.readAll();
      assertThat(broken.reads).hasValue(1);
      assertThatThrownBy(() -> hub.read(SourceId.parse("broken:x")))
          .isInstanceOf(ReadingException.class)
          .hasMessageContaining("broken:x")
          .hasMessageContaining("snapped");
      assertThat(broken.reads).hasValue(2);
    }

    @Test
    void recoversWithTheFirstPassThatWorks() {
      hub.register(garden);
      garden.failing(true);
      hub.readAll();
      garden.failing(false);
      assertThat(readAll()).as("still left alone").isEmpty();
      clock.advance(Duration.ofSeconds(1));
      assertThat(readAll()).containsExactly("garden:soil 41 %");
      assertThat(state("garden"))
          .isEqualTo(new ProviderState("garden", Health.OK, Optional.empty(), 0, "", 1));
    }

    @Test
    void isTriedAgainAtOnceAfterASingleReadThatWorks() {
      hub.register(garden);
      garden.failing(true);
      hub.readAll();
      garden.failing(false);
      assertThat(hub.read(SourceId.parse("garden:soil"))).isPresent();
      assertThat(readAll()).containsExactly("garden:soil 41 %");
    }
  }

  @Nested
  class AHangingProvider {
    private final StuckReadings stuck = new StuckReadings();

    @Test
    void doesNotHideTheOthersAndSaysSinceWhen() {
      hub.register(stuck);
      hub.register(hall);
      assertThat(readAll()).containsExactly("hall:temp 21 °C");
      clock.advance(Duration.ofMinutes(5));
      assertThat(state("stuck"))
          .isEqualTo(
              new ProviderState(
                  "stuck", Health.HANGING, Optional.of(noon), 1, "no answer within 500 ms", 1));
      assertThat(hub.sources()).hasSize(2);
    }

    @Test
    void getsNoFurtherWork() {
      hub.register(stuck);
      hub.register(hall);
      hub.readAll();
      for (int i = 0; i < 10; i++) {
        clock.advance(Duration.ofMinutes(2));
        assertThat(readAll()).containsExactly("hall:temp 21 °C");
      }
      stuck.release.countDown();
      eventually(() -> state("stuck").health() != Health.HANGING);
      assertThat(stuck.reads).hasValue(1);
    }

    @Test
    void isNotWaitedForAgain() throws Exception {
      ProviderHealth health = new ProviderHealth("stuck", PATIENT, clock, Nanos.of(clock));
      ProviderThread thread = new ProviderThread("stuck", stuck, health);
      ProviderLane lane = new ProviderLane("stuck", PATIENT.deadline(), health, thread);
      CompletableFuture<List<Reading>> pass = lane.startPass().orElseThrow();
      stuck.entered.await();
      lane.giveUp(pass);
      clock.advance(Duration.ofMinutes(2));
      assertThat(lane.startPass()).isEmpty();
      assertThatThrownBy(() -> lane.read(STUCK)).hasMessageContaining("still hangs");
      lane.close().get();
    }

    @Test
    void failsWhenItComesBackLateAndIsWellAfterTheNextPass() {
      hub.register(stuck);
      hub.readAll();
      stuck.release.countDown();
      eventually(() -> state("stuck").health() != Health.HANGING);
      assertThat(state("stuck").health()).isEqualTo(Health.FAILING);
      clock.advance(Duration.ofSeconds(1));
      assertThat(readAll()).containsExactly("stuck:x 1");
      assertThat(state("stuck").health()).isEqualTo(Health.OK);
    }

    @Test
    void isInterruptedAndClosedByItsOwnThreadWhenTheHubCloses() {
      hub.register(stuck);
      hub.readAll();
      hub.close();
      assertThat(stuck.interrupted).isTrue();
      assertThat(stuck.closes).hasValue(1);
      assertThat(stuck.closedWithin).isFalse();
    }
  }

  @Nested
  class OneThreadPerProvider {
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
  }

  @Nested
  class Closing {
    @Test
    void leavesTheHubEmptyAndIsIdempotent() {
      hub.register(garden);
      hub.close();
      hub.close();
      assertThat(hub.readAll()).isEmpty();
      assertThat(hub.sources()).isEmpty();
      assertThat(hub.read(SourceId.parse("garden:soil"))).isEmpty();
      assertThatThrownBy(() -> hub.register(hall))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("hall");
    }
  }

  @Nested
  class AnInterruptedCaller {
    @Test
    void leavesAtOnceAndBlamesNobody() throws Exception {
      StuckReadings stuck = new StuckReadings();
      try (ReadingHub patient = new ReadingHub(PATIENT, clock, Nanos.of(clock))) {
        patient.register(stuck);
        FutureTask<Boolean> readsAll =
            new FutureTask<>(
                () -> {
                  patient.readAll();
                  return Thread.currentThread().isInterrupted();
                });
        Thread caller = new Thread(readsAll);
        caller.start();
        stuck.entered.await();
        caller.interrupt();
        assertThat(readsAll.get()).as("keeps its interrupt").isTrue();
        assertThat(patient.states()).extracting(ProviderState::health).containsExactly(Health.OK);
      }
    }
  }

  @Nested
  class Configuration {
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "8, 60", "9223372036854775807, 60"})
    void doublesTheRetryUpToTheLongest(long failures, long seconds) {
      assertThat(HubConfig.defaults().retryAfter(failures)).hasSeconds(seconds);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S, PT2S", "PT2S, PT-1S, PT2S", "PT2S, PT3S, PT2S", "PT25H, PT1S, PT2S"})
    void refusesWhatMakesNoSense(Duration deadline, Duration first, Duration longest) {
      assertThatThrownBy(() -> new HubConfig(deadline, first, longest))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Throws what no provider should. */
  private static final class CountingFailure implements ReadingProvider {
    final AtomicInteger reads = new AtomicInteger();

    @Override
    public String type() {
      return "broken";
    }

    @Override
    public List<Source> sources() {
      return List.of(new Source(new SourceId("broken", "x"), "", ""));
    }

    @Override
    public Optional<Reading> read(SourceId source) {
      reads.incrementAndGet();
      throw new IllegalStateException("wire snapped");
    }
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
