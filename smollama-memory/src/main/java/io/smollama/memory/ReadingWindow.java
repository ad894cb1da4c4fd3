package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * What one source said in a span of time, its begin inclusive and its end exclusive. NaN and texts
 * are no numbers. Thread-safe.
 */
public final class ReadingWindow {
  private final SourceTable.Row source;
  private final List<Samples> parts;
  private final Samples samples;
  private final Instant from;
  private final Instant to;
  private final Supplier<Optional<Reading>> before;

  /**
   * A window.
   *
   * @param parts in order of time, cut where the unit changes
   * @param before looks for the last reading before the window
   */
  ReadingWindow(
      SourceTable.Row source,
      List<Samples> parts,
      Instant from,
      Instant to,
      Supplier<Optional<Reading>> before) {
    this.source = source;
    this.parts = parts;
    this.samples = Samples.joined(parts);
    this.from = from;
    this.to = to;
    this.before = before;
  }

  /** Of a source that never said anything. */
  static ReadingWindow empty(Instant from, Instant to) {
    SourceTable.Row nobody = new SourceTable.Row(0, new SourceId("no", "source"), "", Map.of());
    return new ReadingWindow(nobody, List.of(), from, to, Optional::empty);
  }

  /** The readings, oldest first. */
  public List<Reading> readings() {
    List<Reading> readings = new ArrayList<>(samples.count());
    parts.forEach(part -> readings.addAll(part.readings(source)));
    return readings;
  }

  Samples samples() {
    return samples;
  }

  /** The statistics of the numbers; empty if there are none. */
  public Optional<ReadingStatistics> statistics() {
    return ReadingStatistics.of(samples);
  }

  /**
   * The smallest number that at least this share of the numbers is at or below; empty if there are
   * none.
   *
   * @param share 0 to 1; 0.5 for the median
   */
  public OptionalDouble percentile(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A share is 0 to 1, was " + share);
    }
    return ReadingStatistics.percentile(samples, share);
  }

  /**
   * How long each value lasted, longest first. A value lasts until the next reading, the last until
   * the end of the window; the value from before the window counts from its begin.
   */
  public Map<ReadingValue, Duration> timeInState() {
    Map<ReadingValue, Duration> times = new LinkedHashMap<>();
    Optional<ReadingValue> state = before.get().map(Reading::value);
    Instant since = from;
    for (int i = 0; i < samples.count(); i++) {
      Instant now = Instant.ofEpochMilli(samples.times()[i]);
      Duration lasted = Duration.between(since, now);
      state.ifPresent(value -> times.merge(value, lasted, Duration::plus));
      state = Optional.of(samples.value(i));
      since = now;
    }
    Duration rest = Duration.between(since, to);
    state.ifPresent(value -> times.merge(value, rest, Duration::plus));
    return longestFirst(times);
  }

  static Map<ReadingValue, Duration> longestFirst(Map<ReadingValue, Duration> times) {
    Map<ReadingValue, Duration> longestFirst = new LinkedHashMap<>();
    times.entrySet().stream()
        .sorted(Map.Entry.<ReadingValue, Duration>comparingByValue().reversed())
        .forEach(entry -> longestFirst.put(entry.getKey(), entry.getValue()));
    return longestFirst;
  }

  /**
   * The first reading on the other side of a level; the last number before the window counts as the
   * side to come from.
   */
  public Optional<Reading> firstCrossing(double level, Crossing direction) {
    OptionalDouble last =
        before.get().map(r -> r.value().asNumber()).orElse(OptionalDouble.empty());
    for (int i = 0; i < samples.count(); i++) {
      if (samples.isNumber(i)) {
        double now = samples.numbers()[i];
        if (last.isPresent() && direction.happened(last.getAsDouble(), now, level)) {
          return Optional.of(reading(i));
        }
        last = OptionalDouble.of(now);
      }
    }
    return Optional.empty();
  }

  private Reading reading(int i) {
    int left = i;
    for (Samples part : parts) {
      if (left < part.count()) {
        return part.reading(left, source);
      }
      left -= part.count();
    }
    throw new IndexOutOfBoundsException(i);
  }

  /** Where nothing was said for longer than this, the edges of the window included. */
  public List<Gap> gaps(Duration longerThan) {
    List<Gap> gaps = new ArrayList<>();
    Instant last = from;
    for (long time : samples.times()) {
      Instant now = Instant.ofEpochMilli(time);
      addGap(gaps, new Gap(last, now), longerThan);
      last = now;
    }
    addGap(gaps, new Gap(last, to), longerThan);
    return gaps;
  }

  private static void addGap(List<Gap> gaps, Gap gap, Duration longerThan) {
    if (gap.length().compareTo(longerThan) > 0) {
      gaps.add(gap);
    }
  }
}
