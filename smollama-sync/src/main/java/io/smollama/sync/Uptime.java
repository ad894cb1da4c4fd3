package io.smollama.sync;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Milliseconds since the machine started, suspend included: Linux tells them in {@code
 * /proc/uptime}. Java's own monotonic clock stands still while a machine is suspended; it steps in,
 * counted from now, only where there is no such file. Thread-safe.
 */
final class Uptime implements LongSupplier {
  private final Path file;

  private Uptime(Path file) {
    this.file = file;
  }

  static LongSupplier of(Path root) {
    Path file = root.resolve("proc/uptime");
    if (Files.isReadable(file)) {
      return new Uptime(file);
    }
    long start = System.nanoTime();
    return () -> (System.nanoTime() - start) / 1_000_000;
  }

  @Override
  public long getAsLong() {
    // Not Files.readString: that fails on a thread that has been interrupted.
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      String seconds = new String(in.readAllBytes(), StandardCharsets.US_ASCII).split(" ", 2)[0];
      return Math.round(Double.parseDouble(seconds) * 1000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
