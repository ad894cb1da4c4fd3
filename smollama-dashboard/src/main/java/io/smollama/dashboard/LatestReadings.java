package io.smollama.dashboard;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The newest reading of each source, in the order of their ids: what the node supplies, and what
 * was pushed since. Thread-safe.
 */
final class LatestReadings {
  /** A pushed reading that the node does not supply is forgotten after this. */
  private static final Duration KEPT = Duration.ofHours(1);

  private final Supplier<List<Reading>> supplied;
  private final InstantSource clock;
  private final Map<SourceId, Reading> pushed = new ConcurrentHashMap<>();

  LatestReadings(Supplier<List<Reading>> supplied, InstantSource clock) {
    this.supplied = supplied;
    this.clock = clock;
  }

  void add(List<Reading> batch) {
    Instant tooOld = clock.instant().minus(KEPT);
    pushed.values().removeIf(reading -> reading.time().isBefore(tooOld));
    batch.forEach(reading -> pushed.merge(reading.source(), reading, LatestReadings::newer));
  }

  List<Reading> all() {
    Map<SourceId, Reading> newest = new TreeMap<>(pushed);
    supplied.get().forEach(r -> newest.merge(r.source(), r, LatestReadings::newer));
    return List.copyOf(newest.values());
  }

  /** The second unless the first was measured later. */
  private static Reading newer(Reading first, Reading second) {
    return first.time().isAfter(second.time()) ? first : second;
  }
}
