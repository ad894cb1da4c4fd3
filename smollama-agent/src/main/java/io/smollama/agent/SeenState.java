package io.smollama.agent;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.UsualRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What this node's own sources say at one time, with what is usual for them. Those that said
 * nothing for an hour and counters of seconds are left out. Immutable.
 *
 * @param readings in the order of their sources
 */
record SeenState(List<GroundedReading> readings) {
  static final SeenState NOTHING = new SeenState(List.of());
  private static final Duration FRESH = Duration.ofHours(1);

  /** A number has changed when it moved by this share of its usual range. */
  private static final double STEP = 0.25;

  /** The same of a number of which nothing usual is known, by its amount. */
  private static final double STEP_OF_AMOUNT = 0.05;

  private static final double HOT = 75;
  private static final double FEW_MEGABYTES = 150;

  SeenState {
    readings = List.copyOf(readings);
  }

  static SeenState of(MemoryStore store, Instant now) {
    return new SeenState(
        store.readings().latest().stream()
            .filter(reading -> reading.source().node().isEmpty())
            .filter(reading -> !reading.unit().equals(Units.SECONDS))
            .filter(reading -> Duration.between(reading.time(), now).compareTo(FRESH) <= 0)
            .map(
                reading ->
                    new GroundedReading(
                        reading,
                        SourceWords.name(reading),
                        0,
                        Grounding.usual(reading, store, now)))
            .toList());
  }

  /** The share of sources that say something else than they did; 1 if nothing was seen before. */
  double changedSince(SeenState before) {
    Map<SourceId, Reading> then = before.bySource();
    long changed = readings.stream().filter(one -> hasMoved(one, then)).count();
    return readings.isEmpty() ? 0 : (double) changed / readings.size();
  }

  private Map<SourceId, Reading> bySource() {
    return readings.stream()
        .map(GroundedReading::reading)
        .collect(Collectors.toMap(Reading::source, Function.identity()));
  }

  private static boolean hasMoved(GroundedReading now, Map<SourceId, Reading> then) {
    Reading before = then.get(now.reading().source());
    if (before == null) {
      return true;
    }
    if (before.value() instanceof ReadingValue.Quantity was
        && now.reading().value() instanceof ReadingValue.Quantity is) {
      double step =
          now.usual()
              .map(range -> (range.high() - range.low()) * STEP)
              .filter(width -> width > 0)
              .orElse(Math.abs(was.number()) * STEP_OF_AMOUNT);
      return Math.abs(is.number() - was.number()) > step;
    }
    return !before.value().equals(now.reading().value());
  }

  /** The same with what is most out of the ordinary, or changed, first; at most so many. */
  List<GroundedReading> mostTelling(SeenState before, int most) {
    Map<SourceId, Reading> then = before.bySource();
    return readings.stream()
        .sorted(Comparator.comparingDouble(one -> -unusual(one) - (hasMoved(one, then) ? 1 : 0)))
        .limit(most)
        .toList();
  }

  /** How many widths of its usual range a number lies outside of it. */
  private static double unusual(GroundedReading one) {
    if (!(one.reading().value() instanceof ReadingValue.Quantity is)) {
      return 0;
    }
    return one.usual()
        .map(range -> outside(range, is.number()) / Math.max(range.high() - range.low(), 1e-9))
        .filter(Double::isFinite)
        .orElse(0.0);
  }

  private static double outside(UsualRange range, double number) {
    return Math.max(0, Math.max(number - range.high(), range.low() - number));
  }

  /** Whether the machine itself is hot or short of memory. */
  boolean isStrained() {
    return number("system:cpu_temp").filter(degrees -> degrees >= HOT).isPresent()
        || number("system:mem_available_mb").filter(free -> free < FEW_MEGABYTES).isPresent();
  }

  private Optional<Double> number(String source) {
    return readings.stream()
        .map(GroundedReading::reading)
        .filter(reading -> reading.source().toString().equals(source))
        .flatMap(reading -> reading.value().asNumber().stream().boxed())
        .findFirst();
  }
}
