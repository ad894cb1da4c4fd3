package io.smollama.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A machine whose clocks are wrong in every way that is allowed for: its wall clock may be 50 years
 * off and steps, its steady clock drifts, it is suspended, restarted and its program alone is
 * restarted; sometimes it learns the time. It notes what it writes and when that truly was.
 */
final class SimulatedMachine {
  final List<ClockMark> marks = new ArrayList<>();
  final List<Written> written = new ArrayList<>();
  private final Random random;
  private double truth;
  private double started;
  private double rate;
  private double wallOff;
  private boolean synchronised;
  private long boot;

  /** Something written: what the clocks showed, and when that was. */
  record Written(Instant truth, Optional<Instant> wall, WriterClock clock) {}

  SimulatedMachine(Random random) {
    this.random = random;
    this.truth = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
    restart();
  }

  void live(int steps) {
    for (int i = 0; i < steps; i++) {
      switch (random.nextInt(12)) {
        case 0 -> restart();
        case 1 -> boot++;
        case 2 -> wallOff += random.nextGaussian() * 1e9;
        case 3 -> learn(false);
        case 4 -> learn(true);
        case 5 -> pass(random.nextInt(40) * 86_400_000L); // suspended, or left alone
        default -> write();
      }
      pass(random.nextInt(4) * random.nextInt(3_600_000) + 3_000);
    }
  }

  private void restart() {
    pass(5_000 + random.nextInt(3) * random.nextInt(864_000_000));
    started = truth;
    boot++;
    rate = 1 + (random.nextDouble() * 2 - 1) * 0.9e-4;
    synchronised = false;
    wallOff = random.nextBoolean() ? -truth : (random.nextDouble() - 0.5) * 100 * 365 * 86_400e3;
  }

  private void pass(long millis) {
    truth += millis;
  }

  private long mono() {
    return (long) ((truth - started) * rate);
  }

  private void learn(boolean peer) {
    long error = peer ? 1_000 + random.nextInt(5_000) : 1_000;
    long told = (long) (truth + (random.nextDouble() * 2 - 1) * (error - 5));
    if (!peer) {
      synchronised = true;
      wallOff = told - truth;
    }
    marks.add(
        new ClockMark(boot, mono(), Instant.ofEpochMilli(told), Duration.ofMillis(error), peer));
  }

  private void write() {
    ClockQuality quality = synchronised && Math.abs(wallOff) < 1_000 ? ClockQuality.NTP : unsure();
    written.add(
        new Written(
            Instant.ofEpochMilli((long) truth),
            Optional.of(Instant.ofEpochMilli((long) (truth + wallOff))),
            new WriterClock(boot, mono(), quality)));
  }

  private ClockQuality unsure() {
    return ClockQuality.values()[random.nextInt(3)];
  }
}
