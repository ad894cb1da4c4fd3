package io.smollama.agent;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A house whose days and weather come from a seed: an attic, a cellar, a bedroom, light, power and
 * somebody who moves about. One thread at a time.
 */
final class SimulatedHouse {
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  static final Duration STEP = Duration.ofMinutes(5);
  static final SourceId ATTIC = SourceId.parse("mqtt:attic/temperature");
  static final SourceId MOTION = SourceId.parse("gpio:17");

  private final Random random;
  private double weather;
  private double noise;
  private boolean cooks;

  SimulatedHouse(long seed) {
    this.random = new Random(seed);
  }

  /** What its sensors say at a time; to be asked in steps. */
  List<Reading> at(Instant time) {
    double hour = (time.getEpochSecond() % 86_400) / 3600.0;
    double day = Math.sin((hour - 9) / 24 * 2 * Math.PI);
    weather = 0.999 * weather + 0.05 * random.nextGaussian();
    noise = 0.9 * noise + 0.05 * random.nextGaussian();
    boolean awake = hour > 6.5 && hour < 23;
    cooks = awake && (cooks ? random.nextDouble() < 0.8 : random.nextDouble() < 0.03);
    List<Reading> readings = new ArrayList<>();
    readings.add(number(ATTIC, 19 + 3 * day + weather + noise, 10, "celsius", time));
    readings.add(number("mqtt:cellar/humidity", 68 - 2 * day - weather, 10, "percent", time));
    double air = awake ? 600 + 100 * random.nextDouble() : 900 + 60 * random.nextDouble();
    readings.add(number("mqtt:bedroom/co2", air, 1, "ppm", time));
    double light = Math.max(0, 400 * day + 20 * weather + 10 * random.nextGaussian());
    readings.add(number("mqtt:hall/light", light, 1, "lux", time));
    double power = 120 + 30 * random.nextDouble() + (cooks ? 1_500 : 0);
    readings.add(number("mqtt:house/power", power, 1, "watt", time));
    boolean moves = awake && random.nextDouble() < 0.2;
    readings.add(
        new Reading(
            MOTION, new ReadingValue.Flag(moves), "boolean", time, Map.of("name", "motion")));
    return readings;
  }

  private static Reading number(String source, double value, int steps, String unit, Instant time) {
    return number(SourceId.parse(source), value, steps, unit, time);
  }

  private static Reading number(
      SourceId source, double value, int steps, String unit, Instant time) {
    double rounded = Math.round(value * steps) / (double) steps;
    return new Reading(source, new ReadingValue.Quantity(rounded), unit, time, Map.of());
  }
}
