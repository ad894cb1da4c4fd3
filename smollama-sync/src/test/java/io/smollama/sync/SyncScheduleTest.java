package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SyncScheduleTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final SyncSchedule schedule =
      new SyncSchedule(SynchronizerConfig.DEFAULT, new Random(1), 0);

  private void fail(long now) {
    schedule.failed(now, Optional.empty(), false);
  }

  @Test
  void beginsAtOnceAndThenKeepsTheIntervalWithSomeSpread() {
    assertThat(schedule.waitAt(0)).isZero();
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 200; i++) {
      schedule.succeeded(0);
      least = Math.min(least, schedule.waitAt(0));
      most = Math.max(most, schedule.waitAt(0));
    }
    assertThat(least).isBetween((long) (4.5 * MINUTE), (long) (4.6 * MINUTE));
    assertThat(most).isBetween((long) (5.4 * MINUTE), (long) (5.5 * MINUTE));
  }

  @Test
  void waitsAtRandomWithinABoundThatDoublesUpToTheCap() {
    for (int failure = 0; failure < 300; failure++) {
      fail(0);
      long bound = (long) Math.min(15 * MINUTE, 5e9 * Math.pow(2, Math.min(failure, 40)));
      assertThat(schedule.waitAt(0)).isBetween(0L, bound);
    }
    long sum = 0;
    for (int i = 0; i < 500; i++) {
      fail(0);
      sum += schedule.waitAt(0) / 500;
    }
    assertThat(sum).isBetween(7 * MINUTE, 8 * MINUTE);
  }

  @Test
  void aSuccessStartsTheBackOffAnew() {
    for (int i = 0; i < 20; i++) {
      fail(0);
    }
    schedule.succeeded(0);
    fail(0);
    assertThat(schedule.waitAt(0)).isLessThanOrEqualTo(Duration.ofSeconds(5).toNanos());
  }

  @Test
  void newKnowledgeWaitsALittleAndNeverForAPeerThatIsAwayAnySooner() {
    schedule.succeeded(0);
    schedule.wake(MINUTE);
    assertThat(schedule.waitAt(MINUTE)).isEqualTo(2_000_000_000L);
    schedule.wake(MINUTE + 1_500_000_000L);
    assertThat(schedule.waitAt(MINUTE)).isEqualTo(2_000_000_000L);
    for (int i = 0; i < 20; i++) {
      fail(0);
    }
    long wait = schedule.waitAt(0);
    schedule.wake(0);
    assertThat(schedule.waitAt(0)).isEqualTo(wait);
    schedule.now(7);
    assertThat(schedule.waitAt(7)).isLessThanOrEqualTo(0);
  }

  @Test
  void whatIsNewWhileAnExchangeIsUnderWayIsNotForgottenWhenItEnds() {
    schedule.began();
    schedule.wake(0);
    schedule.succeeded(1);
    assertThat(schedule.waitAt(0)).isEqualTo(2_000_000_000L);
    schedule.began();
    schedule.succeeded(1);
    assertThat(schedule.waitAt(0)).isGreaterThan(4 * MINUTE);
  }

  @Test
  void comesBackWhenAskedToAndRarelyWhenSomebodyMustMendSomething() {
    schedule.failed(0, Optional.of(Duration.ofMinutes(3)), false);
    assertThat(schedule.waitAt(0)).isEqualTo(3 * MINUTE);
    schedule.failed(0, Optional.of(Duration.ofDays(3)), false);
    assertThat(schedule.waitAt(0)).isEqualTo(15 * MINUTE);
    schedule.failed(0, Optional.empty(), true);
    assertThat(schedule.waitAt(0)).isBetween(15 * MINUTE / 2, 15 * MINUTE);
  }

  @Test
  void messagesGrowOnAQuickLinkAndShrinkOnASlowOne() {
    BatchSize batch = new BatchSize();
    long second = 1_000_000_000L;
    int first = batch.bytes();
    batch.answered(second, 100);
    assertThat(batch.bytes()).isEqualTo(first);
    for (int i = 0; i < 20; i++) {
      batch.answered(second, batch.bytes());
    }
    assertThat(batch.bytes()).isEqualTo(Limits.MESSAGE_BYTES);
    batch.answered(5 * second, batch.bytes());
    assertThat(batch.bytes()).isEqualTo(Limits.MESSAGE_BYTES);
    batch.answered(20 * second, 10);
    assertThat(batch.bytes()).isEqualTo(Limits.MESSAGE_BYTES / 2);
    for (int i = 0; i < 20; i++) {
      batch.failed();
    }
    assertThat(batch.bytes()).isPositive().isLessThan(10_000);
    assertThat(batch.isLeast()).isTrue();
  }
}
