package io.smollama.sync;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;

/** How long something took, and how much of all processors' time. */
record Spent(long nanos, long cpuNanos) {
  static final Spent NOTHING = new Spent(0, 0);

  /** A measured piece of work. */
  interface Work {
    void run() throws IOException;
  }

  static Spent on(Work work) {
    Spent before = untilNow();
    try {
      work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return untilNow().minus(before);
  }

  private static Spent untilNow() {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Spent(System.nanoTime(), machine.getProcessCpuTime());
  }

  Spent minus(Spent other) {
    return new Spent(nanos - other.nanos, cpuNanos - other.cpuNanos);
  }

  Spent plus(Spent other) {
    return new Spent(nanos + other.nanos, cpuNanos + other.cpuNanos);
  }
}
