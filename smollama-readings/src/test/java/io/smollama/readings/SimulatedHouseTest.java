package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Reading;
import io.smollama.core.ReadingProvider;
import io.smollama.core.ReadingProviderFactory;
import io.smollama.core.SourceId;
import io.smollama.readings.HouseFault.Kind;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.ReadingProviderContract;
import io.smollama.testkit.ReadingProviderFactoryContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedHouseTest {
  private static final Instant WINTER = Instant.parse("2026-01-14T00:00:00Z");
  private static final Instant SUMMER = Instant.parse("2026-07-15T00:00:00Z");

  private static final int PER_HOUR = 180;

  /** What every source said in a day that was read every twenty seconds. */
  private static Map<String, List<Reading>> day(HouseConfig config, Instant start) {
    ManualClock clock = new ManualClock(start);
    Map<String, List<Reading>> said = new TreeMap<>();
    try (SimulatedHouse house = SimulatedHouse.open(config, clock)) {
      for (int i = 0; i < 24 * PER_HOUR; i++) {
        for (Reading reading : house.readAll()) {
          said.computeIfAbsent(reading.source().id(), id -> new ArrayList<>()).add(reading);
        }
        clock.advance(Duration.ofSeconds(3600 / PER_HOUR));
      }
    }
    return said;
  }

  private static HouseConfig seed(int seed, HouseFault... faults) {
    return new HouseConfig(seed, 1, List.of(faults), 0);
  }

  private static DoubleSummaryStatistics figures(List<Reading> readings) {
    return readings.stream()
        .mapToDouble(reading -> reading.value().asNumber().orElseThrow())
        .summaryStatistics();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aDayIsOneThatCouldBe(int seed) {
    Map<String, List<Reading>> winter = day(seed(seed), WINTER);
    Map<String, List<Reading>> summer = day(seed(seed), SUMMER);
    assertThat(figures(winter.get("living_room/temperature")).getMin()).isBetween(15.0, 19.0);
    assertThat(figures(winter.get("living_room/temperature")).getMax()).isBetween(20.0, 24.0);
    assertThat(figures(summer.get("outside/temperature")).getAverage())
        .isGreaterThan(figures(winter.get("outside/temperature")).getAverage() + 8);
    for (Map<String, List<Reading>> day : List.of(winter, summer)) {
      assertThat(figures(day.get("outside/temperature")).getMin()).isGreaterThan(-20);
      assertThat(figures(day.get("outside/temperature")).getMax()).isLessThan(38);
      assertThat(figures(day.get("outside/light")).getMin()).isZero();
      assertThat(figures(day.get("outside/light")).getMax()).isBetween(1_000.0, 100_000.0);
      assertThat(figures(day.get("whole/power")).getMin()).isGreaterThan(20);
      assertThat(figures(day.get("whole/power")).getMax()).isBetween(900.0, 4_500.0);
      assertThat(figures(day.get("front/door")).getSum())
          .as("thirds of a minute that it is open")
          .isBetween(3.0, 12.0);
      for (String room : List.of("bathroom", "cellar", "attic", "kitchen", "bedroom")) {
        DoubleSummaryStatistics humidity = figures(day.get(room + "/humidity"));
        assertThat(humidity.getMin()).as(room).isGreaterThan(10);
        assertThat(humidity.getMax()).as(room).isLessThan(101);
      }
      DoubleSummaryStatistics bathroom = figures(day.get("bathroom/humidity"));
      assertThat(bathroom.getMax()).as("somebody showers").isGreaterThan(bathroom.getAverage() + 8);
      assertThat(figures(day.get("bedroom/co2")).getMax()).isBetween(700.0, 2_500.0);
    }
  }

  @Test
  void tellsTheSameStoryAgainAndAnotherByAnotherSeed() {
    Map<String, List<Reading>> first = day(seed(7), SUMMER);
    assertThat(day(seed(7), SUMMER)).isEqualTo(first);
    assertThat(day(seed(8), SUMMER).get("attic/temperature"))
        .isNotEqualTo(first.get("attic/temperature"));
  }

  @Test
  void isMuchTheSameWhereverOneBeginsToRead() {
    ManualClock clock = new ManualClock(SUMMER.minus(Duration.ofDays(5)));
    try (SimulatedHouse before = SimulatedHouse.open(seed(7), clock)) {
      before.readAll();
      clock.advance(Duration.ofDays(5));
      try (SimulatedHouse now = SimulatedHouse.open(seed(7), clock)) {
        SourceId attic = SourceId.parse("house:attic/temperature");
        double one = before.read(attic).orElseThrow().value().asNumber().orElseThrow();
        double other = now.read(attic).orElseThrow().value().asNumber().orElseThrow();
        assertThat(one).isCloseTo(other, org.assertj.core.data.Offset.offset(0.3));
      }
    }
  }

  @Test
  void faultsAreWhatTheyAreCalled() {
    Duration noon = Duration.ofHours(12);
    Duration hour = Duration.ofHours(1);
    Map<String, List<Reading>> well = day(seed(3), WINTER);
    Map<String, List<Reading>> ill =
        day(
            seed(
                3,
                new HouseFault("attic/temperature", Kind.SPIKE, noon, hour, 15),
                new HouseFault("cellar/humidity", Kind.STUCK, noon, hour, 0),
                new HouseFault("outside/pressure", Kind.DRIFT, noon, noon, 24),
                new HouseFault("bedroom/co2", Kind.DROPOUT, noon, hour, 0)),
            WINTER);
    assertThat(difference(well, ill, "attic/temperature")).filteredOn(d -> d != 0).hasSize(1);
    assertThat(ill.get("cellar/humidity").subList(12 * PER_HOUR, 13 * PER_HOUR))
        .extracting(Reading::value)
        .containsOnly(ill.get("cellar/humidity").get(12 * PER_HOUR).value());
    List<Double> drift = difference(well, ill, "outside/pressure");
    assertThat(drift.get(18 * PER_HOUR)).isBetween(5.8, 6.2);
    assertThat(ill.get("bedroom/co2")).hasSize(23 * PER_HOUR);
    assertThat(ill.get("whole/power")).isEqualTo(well.get("whole/power"));
  }

  private static List<Double> difference(
      Map<String, List<Reading>> one, Map<String, List<Reading>> other, String source) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < one.get(source).size(); i++) {
      differences.add(
          other.get(source).get(i).value().asNumber().orElseThrow()
              - one.get(source).get(i).value().asNumber().orElseThrow());
    }
    return differences;
  }

  @Test
  void runsFasterIfAskedTo() {
    ManualClock clock = new ManualClock(SUMMER);
    HouseConfig fast = new HouseConfig(1, 1440, List.of(), 0);
    try (SimulatedHouse house = SimulatedHouse.open(fast, clock)) {
      double night = light(house);
      clock.advance(Duration.ofSeconds(30));
      assertThat(night).isZero();
      assertThat(light(house)).isGreaterThan(1_000);
    }
  }

  private static double light(SimulatedHouse house) {
    return house
        .read(SourceId.parse("house:outside/light"))
        .orElseThrow()
        .value()
        .asNumber()
        .orElseThrow();
  }

  @Test
  void refusesAFaultOfNoSensorByItsName() {
    HouseFault fault = new HouseFault("moon/light", Kind.STUCK, Duration.ZERO, Duration.ZERO, 0);
    assertThatThrownBy(() -> seed(1, fault)).hasMessageContaining("'moon/light'");
  }

  @Nested
  class KeepsTheContract extends ReadingProviderContract {
    @Override
    protected ReadingProvider open() {
      return SimulatedHouse.open(HouseConfig.defaults(), new ManualClock());
    }
  }

  @Nested
  class CanBeConfigured extends ReadingProviderFactoryContract<HouseConfig> {
    @Override
    protected ReadingProviderFactory<HouseConfig> factory() {
      return new SimulatedHouseFactory();
    }

    @Override
    protected HouseConfig configuration() {
      return HouseConfig.defaults();
    }
  }
}
