package io.smollama.sync;

import java.time.InstantSource;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a {@link Synchronizer} takes from the world around it. Immutable.
 *
 * @param clock the wall clock, for what people see
 * @param nanos a clock that never goes back, {@code System::nanoTime}
 * @param random spreads the nodes of a fleet over time
 */
public record SyncSetup(InstantSource clock, LongSupplier nanos, RandomGenerator random) {
  public SyncSetup {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(nanos, "nanos");
    Objects.requireNonNull(random, "random");
  }
}
