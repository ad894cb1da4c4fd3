package io.smollama.readings;

import io.smollama.core.Reading;
import java.time.Duration;
import java.util.Optional;

/**
 * A reading that a message told. Immutable.
 *
 * @param reading as it is to be told on
 * @param origin what the message came through: sources of one origin share their room
 * @param device who says whether the source is there: a node, or a topic; empty for nobody
 * @param staleAfter how long without a message makes it stale, if that was configured
 * @param timeTold whether the message told the time
 * @param stored whether it was kept by the broker, so that nobody knows when it was said
 */
record Heard(
    Reading reading,
    String origin,
    String device,
    Optional<Duration> staleAfter,
    boolean timeTold,
    boolean stored) {

  /** Whether nobody knows when it was said. */
  boolean isUndated() {
    return stored && !timeTold;
  }
}
