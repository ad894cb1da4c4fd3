package io.smollama.readings;

import java.time.Duration;
import java.util.List;

/**
 * How often to sample, and what of it to keep. Immutable.
 *
 * @param interval the time from one pass to the next, above 0 and at most a day
 * @param sources what differs for some sources; of several rules for one source the first counts
 * @param bursts when to read more often for a while
 */
public record SamplerConfig(Duration interval, List<SourceRule> sources, List<Burst> bursts) {
  private static final Duration LONGEST = Duration.ofDays(1);

  public SamplerConfig {
    requireInterval(interval);
    sources = List.copyOf(sources);
    bursts = List.copyOf(bursts);
  }

  /** The same for all sources. */
  public SamplerConfig(Duration interval) {
    this(interval, List.of(), List.of());
  }

  static void requireInterval(Duration interval) {
    if (interval.isNegative() || interval.isZero() || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "The interval must be above 0 and at most %s, was %s".formatted(LONGEST, interval));
    }
  }

  /** Every 5 seconds. */
  public static SamplerConfig defaults() {
    return new SamplerConfig(Duration.ofSeconds(5));
  }
}
