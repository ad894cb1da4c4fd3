package io.smollama.devices;

import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.ReadingProvider;
import io.smollama.core.ReadingValue;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A device as a provider, whose type is the device's name: {@code balcony:temperature}. So a bus
 * that hangs keeps nobody but those on it. It is opened by the first read, and anew after a
 * failure. One thread at a time.
 */
final class DeviceReadings implements ReadingProvider {
  private final String name;
  private final String description;
  private final Sensor sensor;
  private final InstantSource clock;
  private List<Sensor.Quantity> found = List.of();

  DeviceReadings(DeviceConfig config, Sensor sensor, InstantSource clock) {
    this.name = config.name();
    this.description = config.describe();
    this.sensor = sensor;
    this.clock = clock;
  }

  @Override
  public String type() {
    return name;
  }

  @Override
  public List<Source> sources() {
    List<Sensor.Quantity> known = sensor.quantities().isEmpty() ? found : sensor.quantities();
    return known.stream()
        .map(quantity -> new Source(id(quantity.name()), description, quantity.unit()))
        .toList();
  }

  @Override
  public Optional<Reading> read(SourceId source) {
    boolean known = sources().stream().anyMatch(one -> one.id().equals(source));
    if (!source.type().equals(name) || (!known && !sources().isEmpty())) {
      return Optional.empty();
    }
    return readAll().stream().filter(reading -> reading.source().equals(source)).findFirst();
  }

  @Override
  public List<Reading> readAll() {
    try {
      List<Measured> measured = sensor.measure();
      Instant now = clock.instant();
      found = measured.stream().map(m -> new Sensor.Quantity(m.quantity(), m.unit())).toList();
      return measured.stream().map(one -> reading(one, now)).toList();
    } catch (RuntimeException | LinkageError e) {
      sensor.close();
      DeviceFault fault = e instanceof DeviceFault known ? known : sensor.explain(e);
      throw new ReadingException(
          name, description + ": " + fault.getMessage(), fault.isRetryable(), e);
    }
  }

  private Reading reading(Measured measured, Instant now) {
    Reading reading =
        new Reading(
            id(measured.quantity()),
            new ReadingValue.Quantity(measured.value()),
            measured.unit(),
            now,
            Map.of());
    return measured.doubt().map(reading::doubted).orElse(reading);
  }

  private SourceId id(String quantity) {
    return new SourceId(name, quantity);
  }

  @Override
  public void close() {
    sensor.close();
  }
}
