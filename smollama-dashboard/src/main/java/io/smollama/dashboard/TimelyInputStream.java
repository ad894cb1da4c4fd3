package io.smollama.dashboard;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Breaks off what comes too slowly as a whole, though never slowly enough to count as stalled: a
 * byte now and then would hold a thread for ever. One thread at a time.
 */
final class TimelyInputStream extends FilterInputStream {
  /** A message of the largest size at 30 kbit/s. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final LongSupplier nanos;
  private final long began;

  TimelyInputStream(InputStream in, LongSupplier nanos) {
    super(in);
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  @Override
  public int read() throws IOException {
    requireTime();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    requireTime();
    return super.read(bytes, from, length);
  }

  private void requireTime() throws IOException {
    if (nanos.getAsLong() - began > LONGEST.toNanos()) {
      throw new IOException("it took longer than " + LONGEST.toMinutes() + " minutes");
    }
  }
}
