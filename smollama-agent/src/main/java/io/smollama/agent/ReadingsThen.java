package io.smollama.agent;

import io.smollama.core.Counted;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import io.smollama.memory.Downsampling;
import io.smollama.memory.ReadingHistory;
import io.smollama.memory.SeriesPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what a source measured in a span of the past. Thread-safe. */
final class ReadingsThen {
  /** The windows of the rollups stand for more than that. */
  private static final Duration LOOKED_AT_ONE_BY_ONE = Duration.ofDays(31);

  private static final int POINTS = 96;
  private static final int STATES_NAMED = 3;
  private static final int SHORT = 40;

  private final ReadingHistory history;

  ReadingsThen(ReadingHistory history) {
    this.history = history;
  }

  /** {@code mqtt:kitchen/temperature mean 21.3 °C, min 20.1 °C, max 22.4 °C (1,440 readings)}. */
  String tell(Reading newest, AskedTime span) {
    SourceId source = newest.source();
    return source
        + " "
        + (newest.value().in(newest.unit()) instanceof ReadingValue.Quantity
                ? numbers(source, newest.unit(), span)
                : states(source, newest.unit(), span))
            .orElseGet(() -> "said nothing then" + before(source, span));
  }

  private Optional<String> numbers(SourceId source, String unit, AskedTime span) {
    List<SeriesPoint> points = points(source, span);
    if (points.isEmpty()) {
      return Optional.empty();
    }
    double min = points.stream().mapToDouble(SeriesPoint::min).min().orElseThrow();
    double max = points.stream().mapToDouble(SeriesPoint::max).max().orElseThrow();
    return Optional.of(
        "mean %s, min %s, max %s (%s)"
            .formatted(
                Units.with(Figures.of(mean(points)), unit),
                Units.with(Figures.of(min), unit),
                Units.with(Figures.of(max), unit),
                Counted.of(count(points), "reading")));
  }

  private List<SeriesPoint> points(SourceId source, AskedTime span) {
    return history.downsampled(source, span.from(), span.to(), POINTS, Downsampling.MIN_MAX);
  }

  private static double mean(List<SeriesPoint> points) {
    return points.stream().mapToDouble(point -> point.value() * point.count()).sum()
        / count(points);
  }

  private static long count(List<SeriesPoint> points) {
    return points.stream().mapToLong(SeriesPoint::count).sum();
  }

  /** For how long a source was in each state; of a long span how often it said on. */
  private Optional<String> states(SourceId source, String unit, AskedTime span) {
    if (Duration.between(span.from(), span.to()).compareTo(LOOKED_AT_ONE_BY_ONE) > 0) {
      List<SeriesPoint> points = points(source, span);
      return points.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "on in %.0f %% of %s"
                  .formatted(100 * mean(points), Counted.of(count(points), "reading")));
    }
    var window = history.window(source, span.from(), span.to());
    int count = window.readings().size();
    if (count == 0) {
      return Optional.empty();
    }
    Map<ReadingValue, Duration> times = window.timeInState();
    String longest =
        times.entrySet().stream()
            .limit(STATES_NAMED)
            .map(state -> shown(state.getKey().in(unit)) + " for " + Age.span(state.getValue()))
            .collect(Collectors.joining(", "));
    String more = times.size() > STATES_NAMED ? ", and others" : "";
    return Optional.of(longest + more + " (" + Counted.of(count, "reading") + ")");
  }

  private static String shown(ReadingValue value) {
    String text = value.text();
    return text.length() > SHORT ? text.substring(0, SHORT) + "…" : text;
  }

  private String before(SourceId source, AskedTime span) {
    return history.range(source, Instant.MIN, span.from(), 1).stream()
        .findFirst()
        .map(
            last ->
                "; last before: %s, %s earlier"
                    .formatted(
                        Units.with(shown(last.value().in(last.unit())), last.unit()),
                        Age.span(Duration.between(last.time(), span.from()))))
        .orElse("");
  }
}
