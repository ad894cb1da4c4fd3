package io.smollama.readings;

import io.smollama.core.Reading;
import io.smollama.core.ReadingProvider;
import io.smollama.core.ReadingValue;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pins for a machine that has none: the provider of type {@code gpio}.
 *
 * <p>All pins are low at first and change only when set. Readings are flags and say in their
 * metadata {@code simulated=true}, {@code name} and {@code mode}. An unknown pin has no reading; to
 * set one is an {@link IllegalArgumentException}. Thread-safe.
 */
public final class SimulatedGpio implements ReadingProvider, OutputPins {
  /** The type of the provider. */
  public static final String TYPE = "gpio";

  private static final List<GpioPin> DEMO_BOARD =
      List.of(
          new GpioPin(17, "motion_sensor", PinMode.INPUT),
          new GpioPin(27, "door_switch", PinMode.INPUT),
          new GpioPin(18, "led_status", PinMode.OUTPUT));

  private final List<GpioPin> pins;
  private final InstantSource clock;
  private final Map<Integer, Boolean> high = new ConcurrentHashMap<>();

  private SimulatedGpio(List<GpioPin> pins, InstantSource clock) {
    this.pins = pins;
    this.clock = clock;
  }

  /** The pins of a configuration; if it has none, those of the {@linkplain #demoBoard demo}. */
  public static SimulatedGpio of(GpioConfig config, InstantSource clock) {
    return config.pins().isEmpty() ? demoBoard(clock) : new SimulatedGpio(config.pins(), clock);
  }

  /** Inputs 17 {@code motion_sensor} and 27 {@code door_switch}, output 18 {@code led_status}. */
  public static SimulatedGpio demoBoard(InstantSource clock) {
    return new SimulatedGpio(DEMO_BOARD, clock);
  }

  /** The pins, as configured. */
  public List<GpioPin> pins() {
    return pins;
  }

  /** Sets a pin: an input as the world would, an output as the program does. */
  @Override
  public void set(int pin, boolean level) {
    high.put(known(pin).pin(), level);
  }

  @Override
  public boolean isHigh(int pin) {
    return high.getOrDefault(known(pin).pin(), false);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public List<Source> sources() {
    return pins.stream().map(pin -> new Source(id(pin), pin.name(), Units.BOOLEAN)).toList();
  }

  @Override
  public Optional<Reading> read(SourceId source) {
    return pins.stream().filter(pin -> id(pin).equals(source)).findFirst().map(this::reading);
  }

  private Reading reading(GpioPin pin) {
    Map<String, String> metadata =
        Map.of(
            "name", pin.name(),
            "mode", pin.mode().name().toLowerCase(Locale.ROOT),
            "simulated", "true");
    return new Reading(
        id(pin),
        new ReadingValue.Flag(isHigh(pin.pin())),
        Units.BOOLEAN,
        clock.instant(),
        metadata);
  }

  private static SourceId id(GpioPin pin) {
    return new SourceId(TYPE, Integer.toString(pin.pin()));
  }

  private GpioPin known(int number) {
    return pins.stream()
        .filter(pin -> pin.pin() == number)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("GPIO pin %d is not in use".formatted(number)));
  }
}
