package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class TickScheduleTest {
  private final ManualClock clock = new ManualClock();
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
