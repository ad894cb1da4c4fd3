package io.smollama.core;

import java.util.Objects;

/**
 * What the clocks of a writer were like when it wrote an entry, beside the time that its wall clock
 * showed. Immutable.
 *
 * @param boot counts the times that the origin opened its journal, from 0
 * @param mono milliseconds, at least 0, of a clock that never steps, suspend included: since the
 *     machine started
 * @param quality how far the wall clock could be trusted
 */
public record WriterClock(long boot, long mono, ClockQuality quality) {
  public WriterClock {
    Objects.requireNonNull(quality, "quality");
    if (boot < 0 || mono < 0) {
      throw new IllegalArgumentException(
          "boot and mono start at 0, were %d and %d".formatted(boot, mono));
    }
  }
}
