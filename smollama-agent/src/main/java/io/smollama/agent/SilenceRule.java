package io.smollama.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Finds a source that says nothing for much longer than it ever did. One thread at a time. */
final class SilenceRule {
  private static final int WARM_UP = 30;
  private static final double LONGER_THAN_USUAL = 10;
  private static final double LONGER_THAN_EVER = 3;
  private static final Duration AT_LEAST = Duration.ofMinutes(2);

  private Instant last = Instant.MAX;
  private double usualMillis;
  private double longestMillis;
  private long seen;
  private boolean told;

  /** It said something; for how long it had not, if its silence had been told. */
  Optional<Duration> heard(Instant time) {
    if (last.equals(Instant.MAX) || !time.isAfter(last)) {
      last = last.equals(Instant.MAX) ? time : last;
      return Optional.empty();
    }
    Duration gap = Duration.between(last, time);
    last = time;
    seen++;
    boolean wasTold = told;
    told = false;
    if (wasTold) {
      return Optional.of(gap);
    }
    usualMillis += (gap.toMillis() - usualMillis) / Math.min(seen, 100);
    longestMillis = Math.max(longestMillis, gap.toMillis());
    return Optional.empty();
  }

  /** Since when it says nothing, if that is news. */
  Optional<Instant> silent(Instant now) {
    if (told || seen < WARM_UP) {
      return Optional.empty();
    }
    double silent = Duration.between(last, now).toMillis();
    told =
        silent > AT_LEAST.toMillis()
            && silent > LONGER_THAN_USUAL * usualMillis
            && silent > LONGER_THAN_EVER * longestMillis;
    return told ? Optional.of(last) : Optional.empty();
  }

  Duration usual() {
    return Duration.ofMillis((long) usualMillis);
  }
}
