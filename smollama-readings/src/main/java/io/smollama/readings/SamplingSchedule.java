package io.smollama.readings;

import io.smollama.core.SourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which sources are due when. All intervals are reckoned from one origin, so that nothing drifts
 * and sources of one pace are read together; what a slow or suspended machine missed is due once,
 * not as often as it was missed. Times are of a clock of nanoseconds that never goes back.
 * Thread-safe.
 */
final class SamplingSchedule {
  private final RuleBook rules;
  private final Duration usual;
  private final List<BurstRule> bursts;
  private final List<Pace> paces = new ArrayList<>();
  private final Map<BurstRule, RunningBurst> running = new LinkedHashMap<>();

  SamplingSchedule(SamplerConfig config, long origin) {
    this.rules = new RuleBook(config.sources());
    this.usual = config.interval();
    this.bursts = config.bursts().stream().map(BurstRule::of).toList();
    Set<Duration> intervals = new HashSet<>(Set.of(usual));
    config.sources().forEach(rule -> rule.interval().ifPresent(intervals::add));
    intervals.stream().sorted().forEach(interval -> paces.add(new Pace(interval, origin)));
  }

  /** What a burst is of. */
  private record BurstRule(SourcePattern on, SourcePattern read, Duration interval, long length) {
    static BurstRule of(Burst burst) {
      return new BurstRule(
          SourcePattern.of(burst.on()),
          SourcePattern.of(burst.read()),
          burst.interval(),
          burst.length().toNanos());
    }
  }

  /** A burst and when it ends. */
  private record RunningBurst(Pace pace, long end) {}

  /** Ticks of one interval, of which each is due once. One thread at a time. */
  private static final class Pace {
    private final Duration interval;
    private final TickSchedule ticks;
    private long done = -1;

    Pace(Duration interval, long origin) {
      this.interval = interval;
      this.ticks = new TickSchedule(origin, interval.toNanos());
    }

    boolean take(long now) {
      long tick = ticks.at(now);
      boolean due = tick > done;
      done = Math.max(done, tick);
      return due;
    }
  }

  /** A source told of something: bursts that wait for it begin, or last longer. */
  synchronized boolean told(SourceId source, long now) {
    boolean begun = false;
    for (BurstRule rule : bursts) {
      if (rule.on().means(source)) {
        RunningBurst burst = running.get(rule);
        Pace pace = burst == null ? new Pace(rule.interval(), now) : burst.pace();
        running.put(rule, new RunningBurst(pace, now + rule.length()));
        begun |= burst == null;
      }
    }
    return begun;
  }

  /** Which sources are to be read now; each tick is given once. Nothing if none is due. */
  synchronized Due take(long now) {
    Set<Duration> intervals = new HashSet<>();
    paces.stream().filter(pace -> pace.take(now)).forEach(pace -> intervals.add(pace.interval));
    List<SourcePattern> besides = new ArrayList<>();
    running.forEach(
        (rule, burst) -> {
          if (burst.pace().take(now)) {
            besides.add(rule.read());
          }
        });
    running.values().removeIf(burst -> now - burst.end() >= 0);
    return new Due(
        intervals.isEmpty() && besides.isEmpty(),
        source ->
            intervals.contains(interval(source))
                || besides.stream().anyMatch(pattern -> pattern.means(source)));
  }

  /** What is due. */
  record Due(boolean isNothing, Predicate<SourceId> sources) {}

  private Duration interval(SourceId source) {
    return rules.of(source).flatMap(SourceRule::interval).orElse(usual);
  }

  /** How long until something is due: above 0. */
  synchronized long waitAt(long now) {
    long least = Long.MAX_VALUE;
    for (Pace pace : paces) {
      least = Math.min(least, pace.ticks.waitAt(now));
    }
    for (RunningBurst burst : running.values()) {
      least = Math.min(least, burst.pace().ticks.waitAt(now));
    }
    return least;
  }
}
