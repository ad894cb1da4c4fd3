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
    boolean nobodyLooked = isSilence(gap) && !wasTold;
    told = false;
    if (nobodyLooked) {
      return Optional.empty(); // the node was off, which is no habit of the source
    }
    longestMillis = Math.max(longestMillis, gap.toMillis());
    if (wasTold) {
      return Optional.of(gap);
    }
    usualMillis += (gap.toMillis() - usualMillis) / Math.min(seen, 100);
    return Optional.empty();
  }

  private boolean isSilence(Duration gap) {
    double silent = gap.toMillis();
    return seen > WARM_UP
        && silent > AT_LEAST.toMillis()
        && silent > LONGER_THAN_USUAL * usualMillis
        && silent > LONGER_THAN_EVER * longestMillis;
  }

  /** Since when it says nothing, if that is news. */
  Optional<Instant> silent(Instant now) {
    if (told || !isSilence(Duration.between(last, now))) {
      return Optional.empty();
    }
    told = true;
    return Optional.of(last);
  }

  Duration usual() {
    return Duration.ofMillis((long) usualMillis);
  }
}
