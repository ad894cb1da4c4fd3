package io.smollama.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds a source that says the same for much longer than it ever did, once it has been known for
 * three days: nights are known by then. One thread at a time.
 */
final class StuckRule {
  private static final Duration KNOWN = Duration.ofDays(3);
  private static final int CHANGES = 100;
  private static final int AT_LEAST = 30;
  private static final double LONGER = 3;

  private double value = Double.NaN;
  private Instant first = Instant.MAX;
  private Instant since = Instant.MAX;
  private Duration longest = Duration.ZERO;
  private int same;
  private int changes;
  private boolean told;

  /** Since when it says the same, if that is news. */
  Optional<Instant> next(double next, Instant time) {
    if (first.equals(Instant.MAX)) {
      first = time;
    }
    if (next != value) {
      if (same > 0) {
        Duration run = Duration.between(since, time);
        longest = run.compareTo(longest) > 0 ? run : longest;
        changes++;
      }
      value = next;
      since = time;
      same = 1;
      told = false;
      return Optional.empty();
    }
    same++;
    boolean known = changes >= CHANGES && Duration.between(first, time).compareTo(KNOWN) >= 0;
    double run = Duration.between(since, time).toMillis();
    if (told || !known || same < AT_LEAST || run < LONGER * longest.toMillis()) {
      return Optional.empty();
    }
    told = true;
    return Optional.of(since);
  }
}
