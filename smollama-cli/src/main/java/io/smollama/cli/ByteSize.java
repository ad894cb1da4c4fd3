package io.smollama.cli;

import java.util.Locale;

/** Sizes of files and of memory for a person, as makers of disks count: 1 MB is a million bytes. */
final class ByteSize {
  private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};
  private static final int STEP = 1000;

  private ByteSize() {}

  /** Three digits or so and a unit: {@code 98.4 MB}. */
  static String of(long bytes) {
    double size = bytes;
    int unit = 0;
    // what would be rounded up to 1000 is 1 of the next
    while (size >= STEP - 0.5 && unit < UNITS.length - 1) {
      size /= STEP;
      unit++;
    }
    boolean whole = unit == 0 || size >= 99.95;
    return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
  }
}
