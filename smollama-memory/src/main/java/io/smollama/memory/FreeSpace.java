package io.smollama.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Watches how much room is left on the disk of a file, and says what may still be written there. A
 * full disk stops everything, knowledge included, so readings give way long before. Thread-safe.
 */
final class FreeSpace {
  /** Once low, so much more than the floor must be free before it is well again. */
  private static final double RECOVERED = 1.25;

  private final LongSupplier usable;
  private final long floor;
  private volatile boolean low;

  /**
   * Watches a disk.
   *
   * @param usable bytes that can be written; negative if nobody knows
   * @param floor bytes that are to stay free; 0 to never give way
   */
  FreeSpace(LongSupplier usable, long floor) {
    this.usable = usable;
    this.floor = floor;
  }

  /** The disk that a file is on. */
  static FreeSpace of(Path file, long floor) {
    Path folder = file.toAbsolutePath().getParent();
    return new FreeSpace(() -> usable(folder), floor);
  }

  private static long usable(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return -1;
    }
  }

  /** Looks at the disk; whether it is short of room now. */
  boolean isLow() {
    long left = usable.getAsLong();
    if (left >= 0) {
      low = left < (low ? (long) (floor * RECOVERED) : floor);
    }
    return low;
  }

  /** What a person is told; empty if there is room enough. As of the last look. */
  String warning() {
    return low
        ? "less than %d MB are free on the disk: of each source one reading in five minutes is kept"
            .formatted(floor / 1_000_000)
        : "";
  }
}
