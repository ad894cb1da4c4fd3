package io.smollama.readings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A board for a machine that has no pins. All are low at first and change only when set, an input
 * as the world would. An unknown pin is an {@link IllegalArgumentException}. Thread-safe.
 */
public final class SimulatedGpio implements PinBoard {
  private static final List<GpioPin> DEMO_BOARD =
      List.of(
          new GpioPin(17, "motion_sensor", PinMode.INPUT),
          new GpioPin(27, "door_switch", PinMode.INPUT),
          new GpioPin(18, "led_status", PinMode.OUTPUT));

  private final List<GpioPin> pins;
  private final LongSupplier nanos;
  private final Map<Integer, Boolean> high = new ConcurrentHashMap<>();
  private final Map<Integer, Consumer<Edge>> listeners = new ConcurrentHashMap<>();

  private SimulatedGpio(List<GpioPin> pins, LongSupplier nanos) {
    this.pins = pins;
    this.nanos = nanos;
  }

  /**
   * The pins of a configuration; if it has none, those of the {@linkplain #demoBoard demo}.
   *
   * @param nanos a steady clock, {@code System::nanoTime}
   */
  public static SimulatedGpio of(GpioConfig config, LongSupplier nanos) {
    return config.pins().isEmpty() ? demoBoard(nanos) : new SimulatedGpio(config.pins(), nanos);
  }

  /** Inputs 17 {@code motion_sensor} and 27 {@code door_switch}, output 18 {@code led_status}. */
  public static SimulatedGpio demoBoard(LongSupplier nanos) {
    return new SimulatedGpio(DEMO_BOARD, nanos);
  }

  /** The pins, as configured. */
  public List<GpioPin> pins() {
    return pins;
  }

  @Override
  public String says() {
    return "simulated pins";
  }

  /** A pin that nothing has set yet takes the level to which it is drawn. */
  @Override
  public void openInput(int pin, Pull pull, Optional<Consumer<Edge>> edges) {
    high.putIfAbsent(known(pin), pull == Pull.UP);
    edges.ifPresentOrElse(listener -> listeners.put(pin, listener), () -> listeners.remove(pin));
  }

  @Override
  public void openOutput(int pin, Optional<Boolean> level) {
    level.ifPresent(wanted -> high.put(known(pin), wanted));
  }

  /** Sets a pin: an input as the world would, an output as the program does. */
  @Override
  public void set(int pin, boolean level) {
    Boolean before = high.put(known(pin), level);
    Consumer<Edge> listener = listeners.get(pin);
    if (listener != null && level != Boolean.TRUE.equals(before)) {
      listener.accept(new Edge(pin, level, nanos.getAsLong()));
    }
  }

  @Override
  public boolean isHigh(int pin) {
    return high.getOrDefault(known(pin), false);
  }

  @Override
  public void close() {
    listeners.clear();
  }

  private int known(int number) {
    if (pins.stream().noneMatch(pin -> pin.pin() == number)) {
      throw new IllegalArgumentException("GPIO pin %d is not in use".formatted(number));
    }
    return number;
  }
}
