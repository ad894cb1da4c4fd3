package io.smollama.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failure: at random within a bound that doubles ("full jitter"), so that
 * a fleet does not come back all at once. One thread at a time.
 */
final class BackoffDelay {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final RandomGenerator random;
  private int failures;

  BackoffDelay(RandomGenerator random) {
    this.random = random;
  }

  void succeeded() {
    failures = 0;
  }

  /**
   * @param hopeless whether somebody must do something first
   */
  Duration failed(boolean hopeless) {
    int doublings = hopeless ? 6 : Math.min(failures++, 6);
    long bound = Math.min(LONGEST.toMillis(), FIRST.toMillis() << doublings);
    return Duration.ofMillis(bound / 2 + random.nextLong(bound / 2));
  }
}
