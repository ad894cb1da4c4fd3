package io.smollama.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * When an entry was written, as far as can be told. Immutable.
 *
 * @param time the likeliest time, or a bound of it; empty if nothing at all is known
 * @param certainty how well that is known
 */
public record DatedTime(Optional<Instant> time, TimeCertainty certainty) {
  public DatedTime {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(certainty, "certainty");
  }

  static DatedTime of(TimeCertainty.Kind kind, long millis, Optional<Long> within) {
    return new DatedTime(
        Optional.of(Instant.ofEpochMilli(millis)),
        new TimeCertainty(kind, within.map(Duration::ofMillis)));
  }

  /** No earlier than this; empty if nobody knows. */
  public Optional<Instant> earliest() {
    return switch (certainty.kind()) {
      case AFTER -> time;
      default -> certainty.within().flatMap(w -> time.map(t -> t.minus(w)));
    };
  }

  /** No later than this; empty if nobody knows. */
  public Optional<Instant> latest() {
    return switch (certainty.kind()) {
      case BEFORE -> time;
      default -> certainty.within().flatMap(w -> time.map(t -> t.plus(w)));
    };
  }

  /** Whether it may have been at this time. */
  boolean allows(Instant instant) {
    return earliest().map(bound -> !instant.isBefore(bound)).orElse(true)
        && latest().map(bound -> !instant.isAfter(bound)).orElse(true);
  }

  /** How far off a time is at most; empty if nobody knows. */
  Optional<Duration> off(Instant instant) {
    return certainty.kind() == TimeCertainty.Kind.ESTIMATED
        ? certainty.within().map(w -> w.plus(Duration.between(instant, time.orElseThrow()).abs()))
        : Optional.empty();
  }
}
