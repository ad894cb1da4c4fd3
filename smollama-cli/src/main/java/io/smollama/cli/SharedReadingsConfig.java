package io.smollama.cli;

import io.smollama.memory.ReadingShare;
import java.time.Duration;
import java.util.Objects;

/**
 * The section {@code sync.readings} of the configuration: what a node shares of what its sources
 * say, and how long its log keeps that. Immutable.
 *
 * @param share how much
 * @param every how often it goes into the log, at least a minute
 * @param keep how long single readings stay in the log once the server has them
 * @param keepRollups how long sums of five minutes do
 */
public record SharedReadingsConfig(
    Share share, Duration every, Duration keep, Duration keepRollups) {
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  /** How much is shared. Immutable. */
  public enum Share {
    /** Rollups if a server is named, else nothing. */
    AUTO,
    /** Nothing. */
    NONE,
    /** Of every five minutes count, extremes, sum, first and last. */
    ROLLUPS,
    /** That and every reading. */
    ALL
  }

  public SharedReadingsConfig {
    Objects.requireNonNull(share, "share");
    if (every.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("sync.readings.every is at least 1m, was " + every);
    }
    if (keep.isNegative() || keepRollups.isNegative()) {
      throw new IllegalArgumentException("sync.readings.keep and keep_rollups are 0s or longer");
    }
  }

  /** Rollups for a server, four times an hour; a week and a year in the log. */
  public static SharedReadingsConfig defaults() {
    return new SharedReadingsConfig(
        Share.AUTO, Duration.ofMinutes(15), Duration.ofDays(7), Duration.ofDays(365));
  }

  /** What is shared by a node that names a server, or none. */
  ReadingShare.Detail detail(boolean serverIsNamed) {
    return switch (share) {
      case AUTO -> serverIsNamed ? ReadingShare.Detail.ROLLUPS : ReadingShare.Detail.NONE;
      case NONE -> ReadingShare.Detail.NONE;
      case ROLLUPS -> ReadingShare.Detail.ROLLUPS;
      case ALL -> ReadingShare.Detail.ALL;
    };
  }
}
