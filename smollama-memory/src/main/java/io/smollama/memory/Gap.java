package io.smollama.memory;

import java.time.Duration;
import java.time.Instant;

/**
 * A time in which a source said nothing. Immutable.
 *
 * @param from the last reading before, or where the window begins
 * @param to the first reading after, or where the window ends
 */
public record Gap(Instant from, Instant to) {
  /** How long it was. */
  public Duration length() {
    return Duration.between(from, to);
  }
}
