package io.smollama.sync;

import io.smollama.core.ClockQuality;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The time as the writer sees it, for the entries that it writes now. Immutable.
 *
 * @param boot counts the times that the origin started
 * @param mono milliseconds of a clock that never steps, suspend included
 * @param wall the wall clock; empty if there is none
 * @param quality how far the wall clock can be trusted
 */
public record Stamp(long boot, long mono, Optional<Instant> wall, ClockQuality quality) {
  public Stamp {
    Objects.requireNonNull(wall, "wall");
    Objects.requireNonNull(quality, "quality");
  }
}
