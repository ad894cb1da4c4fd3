package io.smollama.readings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** How often which fault was met. Thread-safe. */
final class FaultCounts {
  private final Map<MessageFault, AtomicLong> counts = new TreeMap<>();

  FaultCounts() {
    Arrays.stream(MessageFault.values()).forEach(fault -> counts.put(fault, new AtomicLong()));
  }

  void add(MessageFault fault) {
    counts.get(fault).incrementAndGet();
  }

  long of(MessageFault fault) {
    return counts.get(fault).get();
  }

  /** In one line for people; empty if there were none. */
  String says() {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue().get() > 0)
        .map(
            entry ->
                String.format(
                    Locale.ROOT, "%,d %s", entry.getValue().get(), entry.getKey().words()))
        .collect(Collectors.joining(", "));
  }
}
