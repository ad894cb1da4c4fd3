package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Reading;
import io.smollama.testkit.FixedReadings;
import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final FixedReadings hall =
      new FixedReadings("hall", () -> clock.advance(Duration.ofMillis(1)))
          .set("temp", 21, "celsius");
  private final Sampler sampler = sampler(Duration.ofMillis(2));

  @BeforeEach
  void register() {
    hub.register(hall);
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
  class WhatIsTold {
    @Test
    void comesAtOnceBetweenThePasses() throws InterruptedException {
      CountDownLatch first = new CountDownLatch(1);
      BlockingQueue<String> heard = new LinkedBlockingQueue<>();
      try (Sampler hourly = sampler(Duration.ofHours(1))) {
        hourly.listen(batch -> batch.forEach(reading -> heard.add(reading.display())));
        hourly.listen(batch -> first.countDown());
        hourly.start();
        first.await();
        hall.set("temp", 22, "celsius");
        hall.set("temp", 23, "celsius");
        assertThat(List.of(heard.take(), heard.take(), heard.take()))
            .containsExactly("21 °C", "22 °C", "23 °C");
      }
      hall.set("temp", 24, "celsius");
      assertThat(heard).isEmpty();
    }

    @Test
    void isNotGivenAgainByTheNextPass() {
      FixedReadings still = new FixedReadings("still", new ManualClock()).set("door", 1, "");
      hub.register(still);
      List<Integer> sizes = new ArrayList<>();
      sampler.listen(batch -> sizes.add(batch.size()));
      sampler.sampleNow();
      sampler.sampleNow();
      assertThat(sizes).containsExactly(2, 1);
    }

    @Test
    void beginsABurst() throws InterruptedException {
      CountDownLatch passes = new CountDownLatch(4);
      Burst burst = new Burst("hall:*", "*", Duration.ofMillis(10), Duration.ofMinutes(1));
      SamplerConfig config = new SamplerConfig(Duration.ofHours(1), List.of(), List.of(burst));
      try (Sampler hourly = new Sampler(hub, config, System::nanoTime)) {
        hourly.listen(batch -> passes.countDown());
        hourly.start();
        hall.set("temp", 22, "celsius");
        passes.await();
        assertThat(passes.getCount()).isZero();
      }
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
