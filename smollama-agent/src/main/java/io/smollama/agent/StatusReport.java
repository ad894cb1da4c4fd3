package io.smollama.agent;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import io.smollama.memory.ReadingHistory;
import io.smollama.memory.ReadingStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says in a sentence how things stand: when a node starts, and from time to time what its sources
 * did. A report that would say what the last one said is left out, but for one a day: the journal
 * keeps them for ever. One thread at a time.
 */
public final class StatusReport {
  private static final Duration AT_LEAST = Duration.ofDays(1);
  private static final List<String> AT_START =
      List.of("system:load_avg", "system:cpu_temp", "system:mem_percent", "system:disk_percent");
  private static final int MOST_SOURCES = 6;
  private static final double NEARLY_ALL = 0.95;

  private final ReadingHistory history;
  private final Map<SourceId, ReadingStatistics> lastSaid = new HashMap<>();
  private Instant lastReport = Instant.MIN;

  public StatusReport(ReadingHistory history) {
    this.history = history;
  }

  /** How things stand when a node starts, from its first readings. */
  public Optional<NewObservation> atStart(String node, List<Reading> readings) {
    List<Reading> told =
        AT_START.stream()
            .flatMap(id -> readings.stream().filter(r -> r.source().toString().equals(id)))
            .toList();
    if (told.isEmpty()) {
      return Optional.empty();
    }
    List<String> parts = told.stream().map(r -> SourceWords.name(r) + " " + r.display()).toList();
    return Optional.of(
        NewObservation.of(
            "Node %s started with %s".formatted(node, String.join(", ", parts)),
            ObservationType.STATUS,
            told.stream().map(Reading::source).toList()));
  }

  /** What the sources did in the time before {@code now}; empty if that is no news. */
  public Optional<NewObservation> over(Duration lookback, Instant now) {
    List<String> parts = new ArrayList<>();
    List<SourceId> sources = new ArrayList<>();
    boolean news =
        lastReport.equals(Instant.MIN)
            || Duration.between(lastReport, now).compareTo(AT_LEAST) >= 0;
    Map<SourceId, ReadingStatistics> said = new HashMap<>();
    Duration known = Duration.ZERO;
    for (Reading latest : history.latest()) {
      Optional<ReadingStatistics> statistics = statistics(latest, lookback, now);
      if (statistics.isPresent()) {
        news |= moved(latest.source(), statistics.get());
        said.put(latest.source(), statistics.get());
        known = longer(known, statistics.get().duration().plus(age(latest, now)));
        if (parts.size() < MOST_SOURCES) {
          parts.add(told(latest, statistics.get()));
          sources.add(latest.source());
        }
      }
    }
    if (!news || parts.isEmpty()) {
      return Optional.empty();
    }
    lastSaid.clear();
    lastSaid.putAll(said);
    lastReport = now;
    String text =
        "In the last %d min: %s".formatted(minutes(known, lookback), String.join("; ", parts));
    return Optional.of(NewObservation.of(text, ObservationType.STATUS, sources));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Duration age(Reading latest, Instant now) {
    return longer(Duration.ZERO, Duration.between(latest.time(), now));
  }

  /** How far back it tells: a node that has just started does not know of the whole time. */
  private static long minutes(Duration known, Duration lookback) {
    long full = lookback.toMinutes();
    long whole = Math.max(1, Math.round(known.toSeconds() / 60.0));
    return whole >= full * NEARLY_ALL ? full : whole;
  }

  private Optional<ReadingStatistics> statistics(Reading latest, Duration lookback, Instant now) {
    boolean tells =
        latest.source().node().isEmpty() // others report on themselves
            && latest.value() instanceof ReadingValue.Quantity
            && !latest.unit().equals(Units.SECONDS);
    return tells ? history.statistics(latest.source(), now.minus(lookback), now) : Optional.empty();
  }

  /** Whether the mean has left what was last said to be the range. */
  private boolean moved(SourceId source, ReadingStatistics now) {
    ReadingStatistics before = lastSaid.get(source);
    return before != null && (now.mean() < before.min() || now.mean() > before.max());
  }

  private static String told(Reading latest, ReadingStatistics statistics) {
    String range = Figures.range(statistics.min(), statistics.max());
    boolean one = range.equals(Figures.range(statistics.min(), statistics.min()));
    return "%s %s%s"
        .formatted(
            SourceWords.name(latest),
            Units.with(range, latest.unit()),
            one ? "" : ", mean " + Figures.of(statistics.mean()));
  }
}
