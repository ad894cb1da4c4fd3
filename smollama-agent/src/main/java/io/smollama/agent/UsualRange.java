package io.smollama.agent;

import io.smollama.core.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What one source usually does, from its last {@value #WINDOW} values, and when it departs from it.
 * A departure is a value beyond the middle 98 % of the window by more than half their spread and a
 * margin that depends on the unit, seen twice in a row. A source that only ever rises is a counter
 * and never departs.
 */
final class UsualRange {
  private static final int WINDOW = 720;
  private static final int WARM_UP = 60;

  /** A departure no louder than this times the last one is not news within {@link #MEMORY}. */
  private static final double LOUDER = 1.5;

  private static final Duration MEMORY = Duration.ofHours(6);

  /** Differences that nobody cares about, by unit; never less than a twentieth of the typical. */
  static final Map<String, Double> MARGINS =
      Map.of(
          Units.CELSIUS, 2.0,
          Units.PERCENT, 10.0,
          Units.LOAD, 0.5,
          Units.MEGAHERTZ, 400.0,
          Units.MEGABYTES, 100.0,
          Units.BYTES_PER_SECOND, 250_000.0);

  private final String unit;
  private final SortedWindow window = new SortedWindow(WINDOW);
  private long seen;
  private boolean onlyRises = true;
  private double last = Double.NEGATIVE_INFINITY;
  private boolean wasOut;
  private double loudest;
  private Instant reported = Instant.MIN;

  UsualRange(String unit) {
    this.unit = unit;
  }

  /** A value out of the ordinary, with the range that 90 % of the window lie in. */
  record Departure(double value, boolean high, double low5, double high95) {}

  /** Takes the next value; a departure if it is news. */
  Optional<Departure> next(double value, Instant time) {
    Optional<Departure> news = Optional.empty();
    if (seen >= WARM_UP && !onlyRises) {
      news = judge(value, time);
    }
    onlyRises &= value > last;
    last = value;
    window.take((float) value);
    seen++;
    return news;
  }

  private Optional<Departure> judge(double value, Instant time) {
    double low = window.at(0.01);
    double high = window.at(0.99);
    double tolerance = (high - low) / 2 + margin(window.at(0.5));
    double beyond = value > high ? value - high : low - value;
    boolean out = beyond > tolerance;
    boolean twice = out && wasOut;
    wasOut = out;
    if (!twice || !isNews(beyond, time)) {
      return Optional.empty();
    }
    loudest = beyond;
    reported = time;
    return Optional.of(new Departure(value, value > high, window.at(0.05), window.at(0.95)));
  }

  private boolean isNews(double beyond, Instant time) {
    return beyond > LOUDER * loudest
        || reported.equals(Instant.MIN)
        || Duration.between(reported, time).compareTo(MEMORY) > 0;
  }

  private double margin(double typical) {
    return Math.max(MARGINS.getOrDefault(unit, 0.0), Math.abs(typical) / 20);
  }
}
