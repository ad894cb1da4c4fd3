package io.smollama.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process wrote meanwhile, 0 where Linux does not tell. Hours pass in seconds in a
 * benchmark, so pages that are written twice meet in the page cache more often than on a node; the
 * truth of a card lies between the two.
 *
 * @param handedOver {@code wchar}, all bytes of write calls, the upper bound
 * @param toDisk {@code write_bytes}, where a page counts when it becomes dirty in the page cache
 */
record WrittenBytes(long handedOver, long toDisk) {

  /** A measured piece of work. */
  interface Work {
    void run() throws Exception;
  }

  static WrittenBytes by(Work work) throws Exception {
    WrittenBytes before = untilNow();
    work.run();
    WrittenBytes after = untilNow();
    return new WrittenBytes(
        after.handedOver() - before.handedOver(), after.toDisk() - before.toDisk());
  }

  private static WrittenBytes untilNow() throws IOException {
    return new WrittenBytes(field("wchar"), field("write_bytes"));
  }

  private static long field(String name) throws IOException {
    Path io = Path.of("/proc/self/io");
    if (!Files.isReadable(io)) {
      return 0;
    }
    return Files.readAllLines(io).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 2)))
        .findFirst()
        .orElse(0);
  }
}
