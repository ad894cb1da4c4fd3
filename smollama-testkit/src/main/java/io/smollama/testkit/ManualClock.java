package io.smollama.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves only when a test says so. Thread-safe. */
public final class ManualClock implements InstantSource {
  private final AtomicReference<Instant> now;

  /** A clock that stands at noon of 1 March 2026, UTC. */
  public ManualClock() {
    this(Instant.parse("2026-03-01T12:00:00Z"));
  }

  public ManualClock(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Moves the clock, backwards if the step is negative, and returns the new time. */
  public Instant advance(Duration step) {
    return now.updateAndGet(instant -> instant.plus(step));
  }
}
