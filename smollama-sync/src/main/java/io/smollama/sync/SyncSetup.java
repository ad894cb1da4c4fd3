package io.smollama.sync;

import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a {@link Synchronizer} takes from the world around it. Immutable.
 *
 * @param clock the wall clock, for what people see
 * @param nanos a clock that never goes back, {@code System::nanoTime}
 * @param random spreads the nodes of a fleet over time
 * @param told hears what the peer says that the time is, on the synchronizer's thread; {@link
 *     ClockMarks#told}
 */
public record SyncSetup(
    InstantSource clock, LongSupplier nanos, RandomGenerator random, Consumer<PeerTime> told) {
  public SyncSetup {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(nanos, "nanos");
    Objects.requireNonNull(random, "random");
    Objects.requireNonNull(told, "told");
  }

  /** One where nobody wants to hear what the peer says that the time is. */
  public SyncSetup(InstantSource clock, LongSupplier nanos, RandomGenerator random) {
    this(clock, nanos, random, time -> {});
  }
}
