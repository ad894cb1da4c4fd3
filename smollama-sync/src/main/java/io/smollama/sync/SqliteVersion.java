package io.smollama.sync;

import io.smollama.core.JournalException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Refuses a SQLite whose write-ahead log can corrupt a database when it is reset: before 3.51.3.
 */
final class SqliteVersion {
  private static final int[] LEAST = {3, 51, 3};

  private SqliteVersion() {}

  static void require(Path file, String version) {
    int[] parts = Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    if (Arrays.compare(parts, LEAST) < 0) {
      throw new JournalException(
          file.toString(),
          "needs SQLite 3.51.3 or newer, found %s; upgrade sqlite-jdbc".formatted(version),
          false);
    }
  }
}
