package io.smollama.testkit;

import io.smollama.core.LiveReadingProvider;
import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.ReadingValue;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * A provider whose values a test sets, which tells of each, and which fails when told to.
 * Thread-safe.
 */
public final class FixedReadings implements LiveReadingProvider {
  private final String type;
  private final InstantSource clock;
  private final Map<SourceId, Reading> present = new ConcurrentSkipListMap<>();
  private volatile boolean failing;
  private volatile Consumer<List<Reading>> listener = told -> {};

  public FixedReadings(String type, InstantSource clock) {
    this.type = type;
    this.clock = clock;
  }

  /** Sets what a source says from now on, and returns this provider. */
  public FixedReadings set(String id, double number, String unit) {
    SourceId source = new SourceId(type, id);
    ReadingValue value = new ReadingValue.Quantity(number);
    Reading reading = new Reading(source, value, unit, clock.instant(), Map.of());
    present.put(source, reading);
    try {
      listener.accept(List.of(reading));
    } catch (RuntimeException e) {
      // its own affair
    }
    return this;
  }

  /** Takes a source away. */
  public void remove(String id) {
    present.remove(new SourceId(type, id));
  }

  /** Whether reads throw from now on. */
  public void failing(boolean fails) {
    failing = fails;
  }

  @Override
  public void listen(Consumer<List<Reading>> whoIsTold) {
    listener = whoIsTold;
  }

  @Override
  public void close() {
    listener = told -> {};
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public List<Source> sources() {
    return present.values().stream().map(r -> new Source(r.source(), "", r.unit())).toList();
  }

  @Override
  public Optional<Reading> read(SourceId source) {
    if (failing) {
      throw new ReadingException(source.toString(), "told to fail", true);
    }
    return Optional.ofNullable(present.get(source))
        .map(r -> new Reading(r.source(), r.value(), r.unit(), clock.instant(), r.metadata()));
  }
}
