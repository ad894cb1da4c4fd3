package io.smollama.readings;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a provider of the hub is doing. Immutable.
 *
 * @param type the provider's type
 * @param health whether its readings come
 * @param since when it began to fail or to hang; empty while it is well
 * @param failures how many times it failed one after another; 0 while it is well
 * @param lastError what the last of these failures said; empty while it is well
 * @param sources how many sources it has, as of its last answer
 */
public record ProviderState(
    String type,
    Health health,
    Optional<Instant> since,
    long failures,
    String lastError,
    int sources) {

  /** Whether the readings of a provider come. Immutable. */
  public enum Health {
    /** The last pass gave readings, or there was none yet. */
    OK,
    /** The last pass failed; the next comes after a while. */
    FAILING,
    /** A read has passed its deadline and has not come back. */
    HANGING
  }

  public ProviderState {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(health, "health");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(lastError, "lastError");
  }
}
