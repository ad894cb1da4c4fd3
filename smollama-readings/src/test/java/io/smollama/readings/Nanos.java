package io.smollama.readings;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** A clock of nanoseconds that goes with a clock of instants. */
final class Nanos {
  private Nanos() {}

  static LongSupplier of(InstantSource clock) {
    Instant origin = clock.instant();
    return () -> Duration.between(origin, clock.instant()).toNanos();
  }
}
