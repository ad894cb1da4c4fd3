package io.smollama.readings;

import io.smollama.core.SourceId;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How some sources are read, set right and kept. A number becomes {@code number * scale + offset}
 * before anything else is done with it. One that can hardly be is given all the same, as uncertain:
 * see {@link Conditioning}. Immutable.
 *
 * @param source which ones: {@code gpio:17}, or with {@code *} for any characters
 * @param interval how often they are read; empty for as often as all others
 * @param deadband keeps a reading when its number differs by more than this from the one kept
 *     before, and a flag or text when it differs at all; empty to keep each
 * @param heartbeat with a deadband, keeps one at least this often
 * @param scale what numbers are multiplied with
 * @param offset what is added to them then
 * @param min the least that can be
 * @param max the most that can be
 * @param maxRate by how much it can change within a minute
 * @param smoothing the time in which the given number follows a step by 63 %; empty for at once
 */
public record SourceRule(
    String source,
    Optional<Duration> interval,
    Optional<Double> deadband,
    Duration heartbeat,
    double scale,
    double offset,
    Optional<Double> min,
    Optional<Double> max,
    Optional<Double> maxRate,
    Optional<Duration> smoothing) {

  public SourceRule {
    SourcePattern.of(source);
    interval.ifPresent(SamplerConfig::requireInterval);
    Objects.requireNonNull(heartbeat, "heartbeat");
    if (deadband.isPresent() && !(deadband.get() >= 0 && Double.isFinite(deadband.get()))) {
      throw wrong("deadband", source, "0 or more", deadband.get());
    }
    if (heartbeat.isNegative() || heartbeat.isZero()) {
      throw wrong("heartbeat", source, "above 0", heartbeat);
    }
    if (scale == 0 || !Double.isFinite(scale)) {
      throw wrong("scale", source, "a number and not 0", scale);
    }
    if (!Double.isFinite(offset)) {
      throw wrong("offset", source, "a number", offset);
    }
    if (min.isPresent() && !(min.get() < max.orElse(Double.POSITIVE_INFINITY))) {
      throw wrong("min", source, "below its max", min.get());
    }
    if (max.isPresent() && max.get().isNaN()) {
      throw wrong("max", source, "a number", max.get());
    }
    if (maxRate.isPresent() && !(maxRate.get() > 0 && Double.isFinite(maxRate.get()))) {
      throw wrong("max_rate", source, "above 0", maxRate.get());
    }
    if (smoothing.isPresent() && (smoothing.get().isNegative() || smoothing.get().isZero())) {
      throw wrong("smoothing", source, "above 0", smoothing.get());
    }
  }

  /** About pace and keeping only; numbers stay as they are. */
  public SourceRule(
      String source, Optional<Duration> interval, Optional<Double> deadband, Duration heartbeat) {
    this(
        source,
        interval,
        deadband,
        heartbeat,
        1,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Of all sources: as all others, each reading kept; one in ten minutes with a deadband. */
  public static SourceRule defaults() {
    return new SourceRule("*", Optional.empty(), Optional.empty(), Duration.ofMinutes(10));
  }

  boolean means(SourceId id) {
    return SourcePattern.of(source).means(id);
  }

  /** Whether it has anything to do with what a number is. */
  boolean isAboutNumbers() {
    return scale != 1
        || offset != 0
        || min.isPresent()
        || max.isPresent()
        || maxRate.isPresent()
        || smoothing.isPresent();
  }

  private static IllegalArgumentException wrong(
      String what, String source, String bound, Object was) {
    return new IllegalArgumentException(
        "The %s of %s is %s, was %s".formatted(what, source, bound, was));
  }
}
