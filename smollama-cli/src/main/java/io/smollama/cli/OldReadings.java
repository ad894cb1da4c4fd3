package io.smollama.cli;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.memory.MemoryConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Counts imported readings that are older than the configuration keeps. One thread at a time. */
final class OldReadings {
  private final MemoryConfig config;
  private final Instant now;
  private final Map<SourceId, Instant> keptFrom = new HashMap<>();
  private Instant oldest;
  private long count;

  OldReadings(MemoryConfig config, Instant now) {
    this.config = config;
    this.now = now;
    this.oldest = now;
  }

  void look(Reading reading) {
    Instant from =
        keptFrom.computeIfAbsent(
            reading.source(), source -> now.minus(config.rawRetention(source)));
    if (reading.time().isBefore(from)) {
      count++;
      oldest = reading.time().isBefore(oldest) ? reading.time() : oldest;
    }
  }

  long count() {
    return count;
  }

  /** How many days readings are to be kept so that none of these goes. */
  long daysToKeep() {
    return Duration.between(oldest, now).toDays() + 1;
  }

  /** What will become of them and how to keep them. */
  static String warning(long count, long days) {
    return ("%,d of these readings are older than readings are kept and go at the next 'compact' or in"
            + " the next hour of a running node; their sums stay. To keep them set"
            + " memory.sensor_log_retention_days to %d or more (keep_days where memory.history.sources"
            + " has one)")
        .formatted(count, days);
  }
}
