package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults in a simulated house are found by their names, and a house without has few reports. */
class FaultyHouseTest {
  private static final Instant FAULT =
      SimulatedHouse.START.plus(Duration.ofDays(20)).plusSeconds(300 * 131);

  /** What is noticed, and when. */
  private record Noticed(Instant time, NewObservation observation) {}

  /** Changes what the attic says; empty if it says nothing. */
  private interface Fault {
    Optional<Double> at(Instant time, double value);
  }

  private static List<Noticed> live(long seed, int days, Fault fault) {
    SimulatedHouse house = new SimulatedHouse(seed);
    StatisticalObserver observer = new StatisticalObserver(ZoneOffset.UTC);
    List<Noticed> noticed = new ArrayList<>();
    Instant end = SimulatedHouse.START.plus(Duration.ofDays(days));
    for (Instant time = SimulatedHouse.START;
        time.isBefore(end);
        time = time.plus(SimulatedHouse.STEP)) {
      List<Reading> readings = new ArrayList<>();
      for (Reading reading : house.at(time)) {
        boolean attic = reading.source().equals(SimulatedHouse.ATTIC);
        if (attic && !time.isBefore(FAULT)) {
          double value = ((ReadingValue.Quantity) reading.value()).number();
          fault
              .at(time, value)
              .ifPresent(
                  other ->
                      readings.add(
                          Reading.of(
                              reading.source().toString(), other, reading.unit(), reading.time())));
        } else {
          readings.add(reading);
        }
      }
      Instant now = time;
      observer.observe(readings).forEach(found -> noticed.add(new Noticed(now, found)));
      observer.tick(time).forEach(found -> noticed.add(new Noticed(now, found)));
    }
    return noticed;
  }

  private static Duration found(List<Noticed> noticed, String kind) {
    return noticed.stream()
        .filter(one -> one.observation.tags().contains(kind))
        .filter(one -> one.observation.sources().contains(SimulatedHouse.ATTIC))
        .filter(one -> !one.time.isBefore(FAULT))
        .findFirst()
        .map(one -> Duration.between(FAULT, one.time))
        .orElseThrow(
            () ->
                new AssertionError(
                    "no "
                        + kind
                        + " among "
                        + noticed.stream()
                            .map(one -> one.time + " " + one.observation.text())
                            .toList()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aSpikeIsFoundWithinMinutes(long seed) {
    Fault spike = (time, value) -> Optional.of(time.equals(FAULT) ? value + 15 : value);
    assertThat(found(live(seed, 21, spike), "spike")).isLessThanOrEqualTo(Duration.ofMinutes(15));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aStuckSensorIsFoundWithinHours(long seed) {
    Fault stuck = (time, value) -> Optional.of(20.3);
    assertThat(found(live(seed, 22, stuck), "stuck")).isLessThanOrEqualTo(Duration.ofHours(12));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aDriftIsFoundWithinDays(long seed) {
    Fault drift =
        (time, value) ->
            Optional.of(value + Duration.between(FAULT, time).toMinutes() / 1440.0 * 1.5);
    assertThat(found(live(seed, 30, drift), "drift")).isLessThanOrEqualTo(Duration.ofDays(7));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void silenceIsFoundWithinHours(long seed) {
    Fault dropout = (time, value) -> Optional.empty();
    assertThat(found(live(seed, 21, dropout), "dropout")).isLessThanOrEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aJumpThatStaysIsFoundWithinHours(long seed) {
    Fault jump = (time, value) -> Optional.of(value + 12);
    assertThat(found(live(seed, 21, jump), "level-shift")).isLessThanOrEqualTo(Duration.ofHours(4));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aHouseWithoutFaultsHasFewReports(long seed) {
    List<Noticed> noticed = live(seed, 30, (time, value) -> Optional.of(value));
    List<String> alarms =
        noticed.stream()
            .filter(one -> one.observation.type() == ObservationType.ANOMALY)
            .map(one -> one.time + " " + one.observation.text())
            .toList();
    System.out.printf("house %d: %d false alarms of 6 sources in 30 days%n", seed, alarms.size());
    assertThat(alarms).hasSizeLessThanOrEqualTo(15);
    assertThat(noticed)
        .as("the day is known")
        .anyMatch(
            one ->
                one.observation.type() == ObservationType.PATTERN
                    && one.observation
                        .text()
                        .startsWith("Attic temperature goes with the day: highest around 1"));
  }
}
