package io.smollama.readings;

import io.smollama.core.SourceId;
import java.time.Instant;

/**
 * How a source is that messages tell of. Immutable.
 *
 * @param source its name
 * @param condition whether it can be read
 * @param heard when a message last told something new of it
 */
public record HeardState(SourceId source, Condition condition, Instant heard) {

  /** Whether a source can be read. Immutable. */
  public enum Condition {
    /** It was heard of lately. */
    FRESH,
    /** It was silent for long: what it said last may no longer be so. */
    STALE,
    /** Its node or its device said that it is gone: it has no reading. */
    OFFLINE
  }
}
