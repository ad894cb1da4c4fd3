package io.smollama.cli;

import io.smollama.core.Reading;
import io.smollama.readings.ReadingHub;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Reads the sensors for a single command: twice, because a rate needs two looks. */
final class LiveReadings {
  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(1_050);

  private LiveReadings() {}

  static List<Reading> of(ReadingHub hub) {
    hub.readAll();
    long wakeUp = System.nanoTime() + BETWEEN_NANOS;
    for (long left = BETWEEN_NANOS; left > 0; left = wakeUp - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return hub.readAll();
  }
}
