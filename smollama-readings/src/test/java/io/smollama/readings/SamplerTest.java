package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Reading;
import io.smollama.testkit.FixedReadings;
import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SamplerTest {
  private final ManualClock clock = new ManualClock();
  private final ReadingHub hub = new ReadingHub(HubConfig.defaults(), clock, Nanos.of(clock));
  private final Sampler sampler = sampler(Duration.ofMillis(2));

  @BeforeEach
  void register() {
    hub.register(new FixedReadings("hall", clock).set("temp", 21, "celsius"));
  }

  @AfterEach
  void closeBoth() {
    sampler.close();
    hub.close();
  }

  private Sampler sampler(Duration interval) {
    return new Sampler(hub, new SamplerConfig(interval), System::nanoTime);
  }

  @Nested
  class TheSchedule {
    private final LongSupplier nanos = Nanos.of(clock);
    private final TickSchedule everyFiveSeconds =
        new TickSchedule(nanos.getAsLong(), Duration.ofSeconds(5).toNanos());

    private Duration waitAfter(String passed) {
      clock.advance(Duration.parse(passed));
      return Duration.ofNanos(everyFiveSeconds.waitAt(nanos.getAsLong()));
    }

    @Test
    void waitsOneIntervalAtTheOrigin() {
      assertThat(waitAfter("PT0S")).hasSeconds(5);
    }

    @Test
    void doesNotDriftByTheTimeThatPassesTake() {
      assertThat(waitAfter("PT0.8S")).hasMillis(4200);
      assertThat(waitAfter("PT4.2S")).hasMillis(5000);
      assertThat(waitAfter("PT1S")).hasMillis(4000);
    }

    @Test
    void skipsTheTicksThatASlowPassMissed() {
      assertThat(waitAfter("PT17S")).hasSeconds(3);
    }

    @Test
    void standsWhereTheClockOverflows() {
      TickSchedule schedule = new TickSchedule(Long.MAX_VALUE - 3, 10);
      assertThat(schedule.waitAt(Long.MAX_VALUE - 3 + 12)).isEqualTo(8);
    }
  }

  @Nested
  class AtItsPace {
    @Test
    void givesBatchAfterBatch() throws InterruptedException {
      CountDownLatch three = new CountDownLatch(3);
      List<List<Reading>> batches = new ArrayList<>();
      sampler.listen(
          batch -> {
            batches.add(batch);
            three.countDown();
          });
      sampler.start();
      three.await();
      sampler.close();
      assertThat(batches)
          .hasSizeGreaterThanOrEqualTo(3)
          .allSatisfy(
              batch ->
                  assertThat(batch)
                      .extracting(Reading::describe)
                      .containsExactly("hall:temp 21 °C"));
    }

    @Test
    void startsOnlyOnce() throws InterruptedException {
      AtomicInteger passes = new AtomicInteger();
      CountDownLatch first = new CountDownLatch(1);
      try (Sampler hourly = sampler(Duration.ofHours(1))) {
        hourly.listen(batch -> passes.incrementAndGet());
        hourly.listen(batch -> first.countDown());
        hourly.start();
        hourly.start();
        first.await();
      }
      assertThat(passes).hasValue(1);
    }

    @Test
    void servesAListenerThatComesLater() throws InterruptedException {
      sampler.start();
      CountDownLatch one = new CountDownLatch(1);
      sampler.listen(batch -> one.countDown());
      one.await();
      assertThat(one.getCount()).isZero();
    }

    @Test
    void goesOnWhenAListenerThrows() throws InterruptedException {
      CountDownLatch three = new CountDownLatch(3);
      sampler.listen(
          batch -> {
            throw new AssertionError("bad listener");
          });
      sampler.listen(batch -> three.countDown());
      sampler.start();
      three.await();
      assertThat(three.getCount()).isZero();
    }

    @Test
    void givesNothingAfterTheClose() throws InterruptedException {
      CountDownLatch one = new CountDownLatch(1);
      AtomicInteger passes = new AtomicInteger();
      sampler.listen(batch -> passes.incrementAndGet());
      sampler.listen(batch -> one.countDown());
      sampler.start();
      one.await();
      sampler.close();
      int atClose = passes.get();
      sampler.start();
      sampler.close();
      assertThat(passes).hasValue(atClose);
    }

    @Test
    void canBeClosedByAListener() throws InterruptedException {
      CountDownLatch closed = new CountDownLatch(1);
      sampler.listen(
          batch -> {
            sampler.close();
            closed.countDown();
          });
      sampler.start();
      closed.await();
      assertThat(closed.getCount()).isZero();
    }
  }

  @Nested
  class ByHand {
    @Test
    void givesTheBatchToCallerAndListeners() {
      List<List<Reading>> heard = new ArrayList<>();
      sampler.listen(heard::add);
      List<Reading> batch = sampler.sampleNow();
      assertThat(batch).hasSize(1);
      assertThat(heard).containsExactly(batch);
    }

    @Test
    void leavesOutAListenerThatHasGone() {
      List<List<Reading>> heard = new ArrayList<>();
      Subscription subscription = sampler.listen(heard::add);
      subscription.close();
      subscription.close();
      sampler.sampleNow();
      assertThat(heard).isEmpty();
    }

    @Test
    void givesAnEmptyBatchWhenNothingCanBeRead() {
      hub.unregister("hall");
      List<List<Reading>> heard = new ArrayList<>();
      sampler.listen(heard::add);
      sampler.sampleNow();
      assertThat(heard).containsExactly(List.of());
    }
  }

  @Nested
  class Configuration {
    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT25H"})
    void refusesIntervalsThatMakeNoSense(String interval) {
      assertThatThrownBy(() -> new SamplerConfig(Duration.parse(interval)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(interval);
    }

    @Test
    void samplesEveryFiveSecondsByDefault() {
      assertThat(SamplerConfig.defaults().interval()).hasSeconds(5);
    }
  }
}
