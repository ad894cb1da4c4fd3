package io.smollama.readings;

import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.ReadingProvider;
import io.smollama.core.ReadingValue;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The readings of a machine by its probes. A pass looks at each probe once; a probe that fails
 * takes only its own metrics out of the pass. One thread at a time.
 */
final class MachineReadings implements ReadingProvider {
  private static final Logger log = LoggerFactory.getLogger(MachineReadings.class);

  private final List<Probe> probes;
  private final InstantSource clock;
  private final List<Source> sources;
  private final Set<Metric> complained = EnumSet.noneOf(Metric.class);

  MachineReadings(List<Probe> probes, InstantSource clock) {
    this.probes = List.copyOf(probes);
    this.clock = clock;
    this.sources =
        probes.stream().flatMap(p -> p.metrics().stream()).sorted().map(Metric::source).toList();
  }

  @Override
  public String type() {
    return SystemReadings.TYPE;
  }

  @Override
  public List<Source> sources() {
    return sources;
  }

  @Override
  public Optional<Reading> read(SourceId source) {
    for (Probe probe : probes) {
      for (Metric metric : probe.metrics()) {
        if (metric.source().id().equals(source)) {
          return Optional.ofNullable(look(probe, metric).get(metric))
              .map(value -> reading(metric, value, clock.instant()));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public List<Reading> readAll() {
    Map<Metric, Double> measured = new EnumMap<>(Metric.class);
    Optional<ReadingException> failure = Optional.empty();
    for (Probe probe : probes) {
      Metric first = probe.metrics().iterator().next();
      try {
        measured.putAll(look(probe, first));
        complained.remove(first);
      } catch (ReadingException e) {
        failure = Optional.of(e);
        if (complained.add(first)) {
          log.warn("Left out until it can be read again: {}", e.getMessage());
        }
      }
    }
    if (measured.isEmpty() && failure.isPresent()) {
      throw failure.get();
    }
    Instant now = clock.instant();
    return measured.entrySet().stream()
        .map(entry -> reading(entry.getKey(), entry.getValue(), now))
        .toList();
  }

  private static Map<Metric, Double> look(Probe probe, Metric culprit) {
    try {
      return probe.measure();
    } catch (IOException | RuntimeException e) {
      throw new ReadingException(culprit.source().id().toString(), String.valueOf(e), true, e);
    }
  }

  private static Reading reading(Metric metric, double measured, Instant time) {
    Source source = metric.source();
    return new Reading(
        source.id(),
        new ReadingValue.Quantity(metric.round(measured)).in(source.unit()),
        source.unit(),
        time,
        Map.of());
  }
}
