package io.smollama.memory;

import io.smollama.core.SourceId;
import java.time.Duration;
import java.util.List;

/**
 * The section {@code memory.history} of the configuration: how long readings are kept that are not
 * kept as long as the others, and how long the rollups are kept, which tell of raw readings that
 * are gone. Immutable.
 *
 * @param sources sources with a retention of their own; the first that matches counts
 * @param fiveMinuteRetention how long windows of five minutes are kept
 * @param hourRetention how long windows of an hour are kept
 * @param dayRetention how long windows of a day are kept
 */
public record HistoryRetention(
    List<SourceRetention> sources,
    Duration fiveMinuteRetention,
    Duration hourRetention,
    Duration dayRetention) {

  public HistoryRetention {
    sources = List.copyOf(sources);
    requirePositive("retention of five-minute windows", fiveMinuteRetention);
    requirePositive("retention of hours", hourRetention);
    requirePositive("retention of days", dayRetention);
  }

  /** Five-minute windows for a year, hours for ten years, days for a hundred. */
  public static HistoryRetention defaults() {
    return new HistoryRetention(
        List.of(), Duration.ofDays(366), Duration.ofDays(3660), Duration.ofDays(36_600));
  }

  /**
   * How long the raw readings of some sources are kept. Immutable.
   *
   * @param source {@code type:id}, where {@code *} stands for anything: {@code system:cpu_*}
   * @param keep how long
   */
  public record SourceRetention(String source, Duration keep) {
    public SourceRetention {
      requirePositive("retention of " + source, keep);
    }

    boolean matches(SourceId id) {
      return SourcePattern.matches(source, id);
    }
  }

  Duration raw(SourceId source, Duration otherwise) {
    return sources.stream()
        .filter(some -> some.matches(source))
        .map(SourceRetention::keep)
        .findFirst()
        .orElse(otherwise);
  }

  Duration of(RollupLevel level) {
    return switch (level) {
      case FIVE_MINUTES -> fiveMinuteRetention;
      case HOURS -> hourRetention;
      case DAYS -> dayRetention;
    };
  }

  private static void requirePositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "The %s must be more than zero, was %s".formatted(what, duration));
    }
  }
}
