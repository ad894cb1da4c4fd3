package io.smollama.readings;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The CPU use by {@code /proc/stat}, whose first line is {@code cpu user nice system idle iowait
 * irq softirq steal guest guest_nice}, in ticks of all CPUs together.
 */
final class CpuStat {
  private static final int IDLE = 4;
  private static final int IOWAIT = 5;
  private static final int STEAL = 8; // guest time, after it, is already counted as user time

  private CpuStat() {}

  static Probe probe(KernelFile stat) {
    CpuShare share = new CpuShare(100);
    return Probe.of(Metric.CPU_PERCENT, () -> look(stat, share));
  }

  private static OptionalDouble look(KernelFile stat, CpuShare share) throws IOException {
    Optional<String> text = stat.text();
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    String line = text.get().split("\n", 2)[0];
    String[] words = line.split("\\s+");
    if (!words[0].equals("cpu") || words.length <= IDLE) {
      throw stat.nonsense(line);
    }
    double total = 0;
    double idle = 0;
    for (int i = 1; i <= Math.min(words.length - 1, STEAL); i++) {
      double ticks = stat.parse(words[i]);
      total += ticks;
      idle += i == IDLE || i == IOWAIT ? ticks : 0;
    }
    return share.since(total - idle, total);
  }
}
