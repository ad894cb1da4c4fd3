package io.smollama.readings;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Both memory values by one read of {@code /proc/meminfo}, see proc(5). One thread at a time. */
record MemInfo(KernelFile file) implements Probe {

  @Override
  public Set<Metric> metrics() {
    return Set.of(Metric.MEM_PERCENT, Metric.MEM_AVAILABLE_MB);
  }

  @Override
  public Map<Metric, Double> measure() throws IOException {
    Optional<String> text = file.text();
    if (text.isEmpty()) {
      return Map.of();
    }
    double total = kilobytes(text.get(), "MemTotal:");
    double available = kilobytes(text.get(), "MemAvailable:");
    if (total <= 0) {
      throw file.nonsense(text.get());
    }
    return Map.of(
        Metric.MEM_PERCENT, 100 * (total - available) / total,
        Metric.MEM_AVAILABLE_MB, available / 1024);
  }

  private double kilobytes(String text, String name) throws IOException {
    int at = text.indexOf(name);
    if (at < 0) {
      throw file.nonsense("no " + name + " in " + text);
    }
    return file.parse(text.substring(at + name.length()));
  }
}
