package io.smollama.readings;

import io.smollama.core.SourceId;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How some sources are read and kept. Immutable.
 *
 * @param source which ones: {@code gpio:17}, or with {@code *} for any characters
 * @param interval how often they are read; empty for as often as all others
 * @param deadband keeps a reading when its number differs by more than this from the one kept
 *     before, and a flag or text when it differs at all; empty to keep each
 * @param heartbeat with a deadband, keeps one at least this often
 */
public record SourceRule(
    String source, Optional<Duration> interval, Optional<Double> deadband, Duration heartbeat) {

  public SourceRule {
    SourcePattern.of(source);
    interval.ifPresent(SamplerConfig::requireInterval);
    Objects.requireNonNull(heartbeat, "heartbeat");
    if (deadband.isPresent() && !(deadband.get() >= 0 && Double.isFinite(deadband.get()))) {
      throw new IllegalArgumentException(
          "The deadband of %s is 0 or more, was %s".formatted(source, deadband.get()));
    }
    if (heartbeat.isNegative() || heartbeat.isZero()) {
      throw new IllegalArgumentException(
          "The heartbeat of %s is above 0, was %s".formatted(source, heartbeat));
    }
  }

  /** Of all sources: as all others, each reading kept; one in ten minutes with a deadband. */
  public static SourceRule defaults() {
    return new SourceRule("*", Optional.empty(), Optional.empty(), Duration.ofMinutes(10));
  }

  boolean means(SourceId id) {
    return SourcePattern.of(source).means(id);
  }
}
