package io.smollama.sync;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to meet the peer next: at an interval, soon after new knowledge, and after failures at
 * random within a bound that doubles ("full jitter"), so that a fleet does not come back all at
 * once. One thread at a time.
 */
final class SyncSchedule {
  /** A fleet that was started together drifts apart. */
  private static final double SPREAD = 0.1;

  private final SynchronizerConfig config;
  private final RandomGenerator random;
  private long dueAt;
  private long wantedAt = Long.MAX_VALUE;
  private int failures;

  /** The first exchange is due at once. */
  SyncSchedule(SynchronizerConfig config, RandomGenerator random, long now) {
    this.config = config;
    this.random = random;
    this.dueAt = now;
  }

  /** Nanoseconds until the next exchange is due; 0 or less if it is. */
  long waitAt(long now) {
    return dueAt - now;
  }

  /** An exchange begins; what is wanted from now on may come too late for it. */
  void began() {
    wantedAt = Long.MAX_VALUE;
  }

  void succeeded(long now) {
    failures = 0;
    double spread = 1 + SPREAD * (2 * random.nextDouble() - 1);
    dueAt = Math.min(wantedAt, now + (long) (config.interval().toNanos() * spread));
  }

  /**
   * After a failure.
   *
   * @param retryAfter when the peer wants to be asked again, if it said
   * @param hopeless whether somebody must do something first; then it is tried rarely
   */
  void failed(long now, Optional<Duration> retryAfter, boolean hopeless) {
    long cap = config.longestRetry().toNanos();
    int doublings = Math.min(failures++, 40);
    double bound = Math.min(cap, config.firstRetry().toNanos() * Math.pow(2, doublings));
    long wait = (long) (bound * random.nextDouble());
    if (hopeless) {
      wait = cap / 2 + (long) (cap / 2 * random.nextDouble());
    }
    long asked = Math.min(cap, retryAfter.orElse(Duration.ZERO).toNanos());
    dueAt = now + Math.max(wait, asked);
  }

  /** New knowledge waits for a little more of it, and for the end of a failure. */
  void wake(long now) {
    wantedAt = Math.min(wantedAt, now + config.wakeAfter().toNanos());
    if (failures == 0) {
      dueAt = Math.min(dueAt, wantedAt);
    }
  }

  /** Somebody wants it now, whatever happened before. */
  void now(long now) {
    wantedAt = now;
    dueAt = Math.min(dueAt, now);
  }

  int failures() {
    return failures;
  }
}
