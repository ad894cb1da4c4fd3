package io.smollama.readings;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** One place to look, a file or a system call, and the metrics it tells. One thread at a time. */
interface Probe {

  Set<Metric> metrics();

  /**
   * Looks once. A metric that has no value now is left out.
   *
   * @throws IOException if the place is there but cannot be read or makes no sense
   */
  Map<Metric, Double> measure() throws IOException;

  /** A probe of one metric. */
  static Probe of(Metric metric, Measurement measurement) {
    return new Probe() {
      @Override
      public Set<Metric> metrics() {
        return Set.of(metric);
      }

      @Override
      public Map<Metric, Double> measure() throws IOException {
        OptionalDouble value = measurement.take();
        return value.isPresent() ? Map.of(metric, value.getAsDouble()) : Map.of();
      }
    };
  }

  /** One measured number, empty if there is none. One thread at a time. */
  interface Measurement {
    OptionalDouble take() throws IOException;
  }
}
