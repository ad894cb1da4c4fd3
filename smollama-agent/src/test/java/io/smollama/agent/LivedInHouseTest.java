package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.SourceId;
import io.smollama.memory.NewObservation;
import io.smollama.readings.HouseConfig;
import io.smollama.readings.HouseFault;
import io.smollama.readings.HouseFault.Kind;
import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The faults that the simulated house of a node can have are found by their names. */
class LivedInHouseTest {
  private static final Instant START = Instant.parse("2026-04-01T00:00:00Z");
  private static final Duration AFTER = Duration.ofDays(20).plusHours(11);

  @ParameterizedTest
  @CsvSource({
    "SPIKE, spike, 15, 1",
    "STUCK, stuck, 0, 24",
    "DROPOUT, dropout, 0, 4",
    "DRIFT, drift, 1.5, 240"
  })
  void aFaultIsFoundByItsName(Kind kind, String name, double size, int withinHours) {
    String sensor = "cellar/temperature";
    HouseFault fault = new HouseFault(sensor, kind, AFTER, Duration.ofDays(30), size);
    Instant begins = START.plus(AFTER);
    Instant end = begins.plus(Duration.ofHours(withinHours));
    SourceId id = SourceId.parse("house:" + sensor);
    ManualClock clock = new ManualClock(START);
    StatisticalObserver observer = new StatisticalObserver(ZoneOffset.UTC);
    List<String> noticed = new ArrayList<>();
    try (var house =
        io.smollama.readings.SimulatedHouse.open(new HouseConfig(5, 1, List.of(fault), 0), clock)) {
      while (clock.instant().isBefore(end)) {
        List<NewObservation> found =
            new ArrayList<>(observer.observe(house.read(id).stream().toList()));
        found.addAll(observer.tick(clock.instant()));
        if (!clock.instant().isBefore(begins)) {
          found.stream()
              .filter(one -> one.sources().contains(id))
              .forEach(one -> noticed.add(one.tags() + " " + one.text()));
        }
        clock.advance(Duration.ofMinutes(5));
      }
    }
    assertThat(noticed).anyMatch(one -> one.contains(name));
  }
}
