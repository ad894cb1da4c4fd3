package io.smollama.readings;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Bytes per second over all interfaces, from counters kept between two looks. Empty at the first
 * look, where there is no interface, and in a direction in which a counter went backwards. An
 * interface that came since the look before does not count yet. Looks that lie closer together than
 * half a second tell the last rates again. One thread at a time.
 */
final class NetworkRates implements Probe {
  private static final double SHORTEST_SECONDS = 0.5;

  private final Counters counters;
  private final LongSupplier nanos;
  private Map<String, Bytes> before = Map.of();
  private long nanosBefore;
  private Map<Metric, Double> last = Map.of();

  /** What went through one interface since it came up. Immutable. */
  record Bytes(double received, double sent) {}

  /** Tells the counters of every interface but the loopback. One thread at a time. */
  interface Counters {
    Map<String, Bytes> take() throws IOException;
  }

  NetworkRates(Counters counters, LongSupplier nanos) {
    this.counters = counters;
    this.nanos = nanos;
  }

  @Override
  public Set<Metric> metrics() {
    return Set.of(Metric.NET_RX, Metric.NET_TX);
  }

  @Override
  public Map<Metric, Double> measure() throws IOException {
    long now = nanos.getAsLong();
    double seconds = (now - nanosBefore) / 1e9;
    if (!before.isEmpty() && seconds < SHORTEST_SECONDS) {
      return last;
    }
    Map<String, Bytes> present = counters.take();
    last = rates(present, seconds);
    before = present;
    nanosBefore = now;
    return last;
  }

  private Map<Metric, Double> rates(Map<String, Bytes> present, double seconds) {
    double received = 0;
    double sent = 0;
    boolean any = false;
    for (Map.Entry<String, Bytes> entry : present.entrySet()) {
      Bytes old = before.get(entry.getKey());
      if (old != null) {
        any = true;
        received += growth(old.received(), entry.getValue().received());
        sent += growth(old.sent(), entry.getValue().sent());
      }
    }
    Map<Metric, Double> rates = new EnumMap<>(Metric.class);
    if (any && !Double.isNaN(received)) {
      rates.put(Metric.NET_RX, received / seconds);
    }
    if (any && !Double.isNaN(sent)) {
      rates.put(Metric.NET_TX, sent / seconds);
    }
    return rates;
  }

  private static double growth(double from, double to) {
    return to < from ? Double.NaN : to - from;
  }
}
