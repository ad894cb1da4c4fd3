package io.smollama.core;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One value of one source at one instant. Immutable.
 *
 * @param source who said it
 * @param value what was said
 * @param unit a word of {@link Units}, or the source's own; empty where there is none
 * @param time when it was measured
 * @param quality how far it is to be trusted
 * @param metadata what else the provider knows, for example the {@code name} of a pin
 */
public record Reading(
    SourceId source,
    ReadingValue value,
    String unit,
    Instant time,
    Quality quality,
    Map<String, String> metadata) {
  /** Under which name the metadata of an uncertain reading say why it is doubted. */
  public static final String DOUBT = "doubt";

  public Reading {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(quality, "quality");
    metadata = Map.copyOf(metadata);
  }

  /** Of good quality. */
  public Reading(
      SourceId source,
      ReadingValue value,
      String unit,
      Instant time,
      Map<String, String> metadata) {
    this(source, value, unit, time, Quality.GOOD, metadata);
  }

  /** A measured number without metadata; {@code source} is written {@code type:id}. */
  public static Reading of(String source, double number, String unit, Instant time) {
    return new Reading(
        SourceId.parse(source), new ReadingValue.Quantity(number), unit, time, Map.of());
  }

  /** A flag without metadata; {@code source} is written {@code type:id}. */
  public static Reading of(String source, boolean on, Instant time) {
    return new Reading(
        SourceId.parse(source), new ReadingValue.Flag(on), Units.BOOLEAN, time, Map.of());
  }

  /** The same as an uncertain one; why goes into the metadata, for people. */
  public Reading doubted(String why) {
    Map<String, String> more = new TreeMap<>(metadata);
    more.put(DOUBT, why);
    return new Reading(source, value, unit, time, Quality.UNCERTAIN, more);
  }

  /** The same with another value. */
  public Reading with(ReadingValue other) {
    return new Reading(source, other, unit, time, quality, metadata);
  }

  /** Value and unit as people read them: {@code 45.5 °C}. */
  public String display() {
    return Units.with(value.in(unit).text(), unit);
  }

  /** Source, value and unit: {@code system:cpu_temp 45.5 °C}. */
  public String describe() {
    return source + " " + display();
  }
}
