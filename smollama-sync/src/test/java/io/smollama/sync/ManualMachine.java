package io.smollama.sync;

import io.smollama.core.ClockQuality;
import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The clocks of a machine that a test sets; the time itself is another matter. Thread-safe. */
final class ManualMachine {
  private final ManualClock wall;
  private volatile long mono = 20_000;
  private volatile long boot = 1;
  private volatile ClockQuality quality = ClockQuality.UNKNOWN;

  ManualMachine(Instant shown) {
    wall = new ManualClock(shown);
  }

  Stamp stamp() {
    return new Stamp(boot, mono, Optional.of(wall.instant()), quality);
  }

  ManualClock wall() {
    return wall;
  }

  long mono() {
    return mono;
  }

  ClockQuality quality() {
    return quality;
  }

  void pass(Duration time) {
    mono += time.toMillis();
    wall.advance(time);
  }

  void step(Duration by) {
    wall.advance(by);
  }

  void set(Instant time, ClockQuality by) {
    wall.advance(Duration.between(wall.instant(), time));
    quality = by;
  }

  void lose() {
    quality = ClockQuality.ESTIMATED;
  }

  void restartProgram() {
    boot++;
  }

  void restart(Instant shown) {
    boot++;
    mono = 15_000;
    set(shown, ClockQuality.UNKNOWN);
  }
}
