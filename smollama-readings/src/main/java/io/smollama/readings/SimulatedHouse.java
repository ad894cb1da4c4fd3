package io.smollama.readings;

import io.smollama.core.Reading;
import io.smollama.core.ReadingProvider;
import io.smollama.core.ReadingValue;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A house for demonstrations and tests, in which somebody lives: the provider of type {@code
 * house}. Rooms with temperature, humidity, motion and light, weather, a front door and the power
 * that is drawn follow the sun, the season, the heating and the habits of a person, and each other.
 * The same seed tells the same story at the same time. A sensor can be made to fail.
 *
 * <p>The house keeps the time of its longitude, UTC. Values say in their metadata {@code
 * simulated=true}. A sensor that has dropped out has no reading. One thread at a time.
 */
public final class SimulatedHouse implements ReadingProvider {
  /** The type of the provider. */
  public static final String TYPE = "house";

  /** A house that slept for longer than this begins anew, which looks the same. */
  private static final long LONGEST_SLEEP = Duration.ofDays(10).toMinutes();

  private static final Map<SourceId, HouseSensor> SENSORS =
      HouseSensor.ALL.stream().collect(Collectors.toMap(HouseSensor::id, sensor -> sensor));

  private final HouseConfig config;
  private final InstantSource clock;
  private final SmoothNoise scatter;
  private final Instant opened;
  private final HouseFaults faults;
  private HouseState state;

  private SimulatedHouse(HouseConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    this.scatter = new SmoothNoise(config.seed()).of("scatter");
    this.opened = clock.instant();
    this.faults = new HouseFaults(config, opened.getEpochSecond());
    this.state = new HouseState(config.seed(), Math.floorDiv(opened.getEpochSecond(), 60));
  }

  /** A house as of now. */
  public static SimulatedHouse open(HouseConfig config, InstantSource clock) {
    return new SimulatedHouse(config, clock);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public List<Source> sources() {
    return HouseSensor.ALL.stream().map(HouseSensor::source).toList();
  }

  @Override
  public Optional<Reading> read(SourceId source) {
    return Optional.ofNullable(SENSORS.get(source)).flatMap(this::measured);
  }

  private Optional<Reading> measured(HouseSensor sensor) {
    Instant now = clock.instant();
    long second = houseTime(now);
    advance(Math.floorDiv(second, 60));
    double noise = sensor.noise() * scatter.of(sensor.name()).bell(second);
    return faults
        .spoilt(sensor, state.value(sensor) + noise, second)
        .map(value -> new Reading(sensor.id(), value(sensor, value), sensor.unit(), now, meta()));
  }

  private static Map<String, String> meta() {
    return Map.of("simulated", "true");
  }

  /** Noise takes nothing below zero, where there is nothing. */
  private static ReadingValue value(HouseSensor sensor, double said) {
    double value = sensor.quantity().equals("temperature") ? said : Math.max(0, said);
    return sensor.isFlag()
        ? new ReadingValue.Flag(value >= 0.5)
        : new ReadingValue.Quantity(Math.rint(value * sensor.steps()) / sensor.steps());
  }

  /** In seconds since 1970. */
  private long houseTime(Instant now) {
    double passed = Duration.between(opened, now).toMillis() / 1000.0;
    return opened.getEpochSecond() + (long) Math.floor(passed * config.speed());
  }

  private void advance(long minute) {
    if (minute - state.minute() > LONGEST_SLEEP || minute < state.minute()) {
      state = new HouseState(config.seed(), minute);
    }
    state.advance(minute);
  }
}
