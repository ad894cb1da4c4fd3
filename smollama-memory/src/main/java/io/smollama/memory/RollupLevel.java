package io.smollama.memory;

import java.time.Duration;
import java.util.Optional;

/** How wide the windows of a rollup are; they begin where UTC has whole ones. */
enum RollupLevel {
  FIVE_MINUTES(Duration.ofMinutes(5)),
  HOURS(Duration.ofHours(1)),
  DAYS(Duration.ofDays(1));

  /** How many windows are in one row. */
  static final int WINDOWS = 288;

  private final Duration width;

  RollupLevel(Duration width) {
    this.width = width;
  }

  Duration width() {
    return width;
  }

  long millis() {
    return width.toMillis();
  }

  /** How long a row is. */
  long rowMillis() {
    return WINDOWS * millis();
  }

  long windowStart(long time) {
    return Math.floorDiv(time, millis()) * millis();
  }

  long rowStart(long time) {
    return Math.floorDiv(time, rowMillis()) * rowMillis();
  }

  Optional<RollupLevel> coarser() {
    return ordinal() + 1 < values().length
        ? Optional.of(values()[ordinal() + 1])
        : Optional.empty();
  }
}
