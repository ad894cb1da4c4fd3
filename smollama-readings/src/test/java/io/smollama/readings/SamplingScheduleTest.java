package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.SourceId;
import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SamplingScheduleTest {
  private static final List<String> SOURCES = List.of("system:cpu_temp", "bme:temp", "gpio:17");

  private final ManualClock clock = new ManualClock();
  private final LongSupplier nanos = Nanos.of(clock);

  private static SourceRule every(String source, String interval) {
    return new SourceRule(
        source, Optional.of(Duration.parse(interval)), Optional.empty(), Duration.ofHours(1));
  }

  private SamplingSchedule schedule(List<SourceRule> rules, Burst... bursts) {
    return new SamplingSchedule(
        new SamplerConfig(Duration.ofSeconds(5), rules, List.of(bursts)), nanos.getAsLong());
  }

  private List<String> due(SamplingSchedule schedule) {
    SamplingSchedule.Due due = schedule.take(nanos.getAsLong());
    List<String> sources =
        SOURCES.stream().filter(source -> due.sources().test(SourceId.parse(source))).toList();
    assertThat(due.isNothing()).isEqualTo(sources.isEmpty());
    return sources;
  }

  @Test
  void everySourceHasItsPaceAndAllAreReadAtTheStart() {
    SamplingSchedule schedule =
        schedule(List.of(every("bme:*", "PT10S"), every("*temp", "PT1S"), every("bme:*", "PT1S")));
    assertThat(due(schedule)).isEqualTo(SOURCES);
    assertThat(due(schedule)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(due(schedule)).containsExactly("system:cpu_temp");
    clock.advance(Duration.ofSeconds(4));
    assertThat(due(schedule)).containsExactly("system:cpu_temp", "gpio:17");
    clock.advance(Duration.ofSeconds(5));
    assertThat(due(schedule)).isEqualTo(SOURCES);
  }

  @Test
  void doesNotDriftInADayThoughEachPassTakesItsTime() {
    SamplingSchedule schedule = schedule(List.of());
    long start = nanos.getAsLong();
    List<Long> passes = new ArrayList<>();
    while (nanos.getAsLong() - start < Duration.ofDays(1).toNanos()) {
      assertThat(due(schedule)).isNotEmpty();
      passes.add(nanos.getAsLong() - start);
      clock.advance(Duration.ofMillis(37 + passes.size() % 400));
      assertThat(due(schedule)).isEmpty();
      clock.advance(Duration.ofNanos(schedule.waitAt(nanos.getAsLong())));
    }
    assertThat(passes).hasSize(24 * 3600 / 5);
    assertThat(passes).allMatch(time -> time % Duration.ofSeconds(5).toNanos() == 0);
  }

  @Test
  void aMachineThatSleptMakesUpForNothing() {
    SamplingSchedule schedule = schedule(List.of(every("gpio:*", "PT1S")));
    due(schedule);
    clock.advance(Duration.ofHours(7).plusMillis(300));
    assertThat(due(schedule)).isEqualTo(SOURCES);
    assertThat(due(schedule)).isEmpty();
    assertThat(schedule.waitAt(nanos.getAsLong())).isEqualTo(Duration.ofMillis(700).toNanos());
  }

  @Test
  void anEdgeBringsABurstThatEnds() {
    SamplingSchedule schedule =
        schedule(
            List.of(), new Burst("gpio:17", "bme:*", Duration.ofSeconds(1), Duration.ofSeconds(2)));
    due(schedule);
    clock.advance(Duration.ofMillis(500));
    assertThat(schedule.told(SourceId.parse("gpio:18"), nanos.getAsLong())).isFalse();
    assertThat(schedule.told(SourceId.parse("gpio:17"), nanos.getAsLong())).isTrue();
    assertThat(due(schedule)).containsExactly("bme:temp");
    clock.advance(Duration.ofSeconds(1));
    assertThat(due(schedule)).containsExactly("bme:temp");
    assertThat(schedule.told(SourceId.parse("gpio:17"), nanos.getAsLong())).isFalse();
    clock.advance(Duration.ofSeconds(2));
    assertThat(due(schedule)).containsExactly("bme:temp");
    assertThat(schedule.waitAt(nanos.getAsLong())).isEqualTo(Duration.ofMillis(1500).toNanos());
  }

  @Nested
  class Configuration {
    @Test
    void refusesWhatMakesNoSense() {
      assertThatThrownBy(() -> every("temperature", "PT1S")).hasMessageContaining("'temperature'");
      assertThatThrownBy(() -> every("a:*", "PT0S")).hasMessageContaining("PT0S");
      assertThatThrownBy(() -> deadband(-1)).hasMessageContaining("-1");
      assertThatThrownBy(() -> deadband(Double.NaN)).hasMessageContaining("NaN");
      assertThatThrownBy(
              () -> new Burst("gpio:*", "*", Duration.ofSeconds(9), Duration.ofSeconds(2)))
          .hasMessageContaining("PT9S");
    }

    private SourceRule deadband(double by) {
      return new SourceRule("a:*", Optional.empty(), Optional.of(by), Duration.ofHours(1));
    }
  }
}
