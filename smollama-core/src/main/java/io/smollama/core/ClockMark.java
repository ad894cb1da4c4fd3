package io.smollama.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * That it was a certain time when the steady clock of a writer showed so much. Immutable.
 *
 * @param boot counts the times that the origin opened its journal
 * @param mono milliseconds of the clock that never steps
 * @param time the time then
 * @param within how far off that is at most, either way
 * @param fromPeer whether a peer told the time; of a boot in which the writer's own clock came to
 *     be synchronised, nobody needs a peer's
 */
public record ClockMark(long boot, long mono, Instant time, Duration within, boolean fromPeer) {
  /** As an origin comes by them: by boot, then by the steady clock. */
  public static final Comparator<ClockMark> ORDER =
      Comparator.comparingLong(ClockMark::boot)
          .thenComparingLong(ClockMark::mono)
          .thenComparing(ClockMark::within)
          .thenComparing(ClockMark::time)
          .thenComparing(ClockMark::fromPeer);

  /** What a wall clock that is synchronised over the network may be off. */
  public static final Duration SYNCHRONISED = Duration.ofSeconds(1);

  public ClockMark {
    Objects.requireNonNull(time, "time");
    if (boot < 0 || mono < 0 || within.isNegative()) {
      throw new IllegalArgumentException(
          "boot, mono and within are at least 0, were %d, %d and %s".formatted(boot, mono, within));
    }
  }

  long millis() {
    return time.toEpochMilli();
  }

  long error() {
    return within.toMillis();
  }

  /** When the steady clock showed 0. */
  long start() {
    return millis() - mono;
  }
}
