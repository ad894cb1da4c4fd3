package io.smollama.readings;

import io.smollama.core.LiveReadingProvider;
import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.ReadingValue;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pins of a board, real or simulated: the provider of type {@code gpio}, and what switches
 * outputs. Values are flags; on is high, or low for a pin that is active low.
 *
 * <p>Before the {@linkplain #start start} it only reads inputs; outputs of a real board are not
 * touched and have no reading. After it, inputs are told at once when they have changed, with the
 * time of the first edge, and outputs are as they are to be. A pin that the board does not give
 * fails alone and is tried again; only if none can be had the provider fails. An unknown pin has no
 * reading; to set one is an {@link IllegalArgumentException}. Thread-safe.
 */
public final class GpioReadings implements LiveReadingProvider, OutputPins {
  /** The type of the provider. */
  public static final String TYPE = "gpio";

  private static final Logger LOG = LoggerFactory.getLogger(GpioReadings.class);

  private final PinBoard board;
  private final List<HeldPin> pins;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final PinWatch watch = new PinWatch(this::step);
  private final Object telling = new Object();
  private Consumer<List<Reading>> listener = told -> {};
  private boolean started;
  private boolean closed;

  /**
   * The pins of a board, none of them taken yet.
   *
   * @param pins those in use
   * @param nanos a steady clock, the one by which the board tells edges
   */
  public GpioReadings(PinBoard board, List<GpioPin> pins, InstantSource clock, LongSupplier nanos) {
    this.board = board;
    this.clock = clock;
    this.nanos = nanos;
    this.pins = pins.stream().map(pin -> new HeldPin(board, pin, nanos, watch::wake)).toList();
  }

  /** Those of a simulated board. */
  public static GpioReadings of(SimulatedGpio board, InstantSource clock, LongSupplier nanos) {
    return new GpioReadings(board, board.pins(), clock, nanos);
  }

  /** Takes all pins, and listens to the inputs. To be called once. */
  public void start() {
    begin();
    watch.start();
  }

  synchronized void begin() {
    started = true;
    pins.forEach(HeldPin::listen);
    pins.forEach(pin -> tried(pin, pin::hold));
  }

  /** Whoever reads it is told of a failure. */
  private static void tried(HeldPin pin, Runnable work) {
    try {
      work.run();
    } catch (ReadingException e) {
      LOG.trace("{}", pin.id(), e);
    }
  }

  /** The pins in use. */
  public List<GpioPin> pins() {
    return pins.stream().map(HeldPin::pin).toList();
  }

  /** The board if it is simulated, so that a person may play the world. */
  public Optional<SimulatedGpio> simulated() {
    return board instanceof SimulatedGpio simulated ? Optional.of(simulated) : Optional.empty();
  }

  /** What board it is, and what is wrong with which pin, for people. */
  public synchronized String says() {
    List<String> words = new ArrayList<>(List.of(board.says()));
    for (HeldPin pin : pins) {
      pin.failure().map(Throwable::getMessage).ifPresent(words::add);
      if (!pin.doubt().isEmpty()) {
        words.add("%s (%s) is restless: %s".formatted(pin.id(), pin.pin().name(), pin.doubt()));
      }
    }
    return String.join("; ", words.stream().distinct().toList());
  }

  /** Whether a pin does not work at present. */
  public synchronized boolean isAilment() {
    return pins.stream().anyMatch(pin -> pin.failure().isPresent() || !pin.doubt().isEmpty());
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public List<Source> sources() {
    return pins.stream().map(pin -> new Source(pin.id(), pin.pin().name(), Units.BOOLEAN)).toList();
  }

  @Override
  public synchronized Optional<Reading> read(SourceId source) {
    return pins.stream().filter(pin -> pin.id().equals(source)).findFirst().flatMap(this::read);
  }

  /** Of those that can be read; if none can, the first failure. */
  @Override
  public synchronized List<Reading> readAll() {
    List<Reading> readings = new ArrayList<>();
    pins.forEach(pin -> tried(pin, () -> read(pin).ifPresent(readings::add)));
    pins.stream()
        .flatMap(pin -> pin.failure().stream())
        .findFirst()
        .filter(failure -> readings.isEmpty())
        .ifPresent(
            failure -> {
              throw failure;
            });
    return readings;
  }

  private Optional<Reading> read(HeldPin pin) {
    if (!pin.isInput() && !started && simulated().isEmpty()) {
      return Optional.empty();
    }
    boolean on = pin.isInput() && started ? pin.isSteadilyOn() : pin.isOn();
    return Optional.of(reading(pin, on, clock.instant(), pin.doubt()));
  }

  private Reading reading(HeldPin pin, boolean on, Instant time, String doubt) {
    String mode = pin.pin().mode().name().toLowerCase(Locale.ROOT);
    Map<String, String> metadata = new TreeMap<>(Map.of("name", pin.pin().name(), "mode", mode));
    simulated().ifPresent(any -> metadata.put("simulated", "true"));
    Reading reading =
        new Reading(pin.id(), new ReadingValue.Flag(on), Units.BOOLEAN, time, metadata);
    return doubt.isEmpty() ? reading : reading.doubted(doubt);
  }

  @Override
  public synchronized void set(int pin, boolean on) {
    known(pin).set(on);
  }

  @Override
  public synchronized boolean isHigh(int pin) {
    return known(pin).isOn();
  }

  private HeldPin known(int number) {
    return pins.stream()
        .filter(pin -> pin.pin().pin() == number)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("GPIO pin %d is not in use".formatted(number)));
  }

  @Override
  public void listen(Consumer<List<Reading>> next) {
    synchronized (telling) {
      listener = next;
    }
  }

  /** Looks at the inputs that are due and tells what changed; how long it is until the next. */
  long step() {
    List<Reading> changes = new ArrayList<>();
    long left = InputFilter.LOOK_EVERY;
    synchronized (this) {
      for (HeldPin pin : closed ? List.<HeldPin>of() : pins) {
        if (pin.isInput() && pin.due() - nanos.getAsLong() <= 0) {
          tried(pin, () -> pin.look().forEach(change -> changes.add(reading(pin, change))));
        }
        if (pin.isInput()) {
          left = Math.min(left, pin.due() - nanos.getAsLong());
        }
      }
    }
    tell(changes);
    return left;
  }

  private Reading reading(HeldPin pin, InputChange change) {
    Instant time = clock.instant().minusNanos(nanos.getAsLong() - change.at());
    return reading(pin, change.on(), time, change.doubt());
  }

  private void tell(List<Reading> changes) {
    synchronized (telling) {
      try {
        if (!changes.isEmpty() && !closed) {
          listener.accept(changes);
        }
      } catch (RuntimeException | LinkageError e) {
        LOG.warn("Whoever listens to the pins failed", e);
      }
    }
  }

  /** Lets go of the pins; outputs stay as the machine leaves them. */
  @Override
  public void close() {
    watch.close();
    synchronized (telling) {
      synchronized (this) {
        closed = true;
        board.close();
      }
    }
  }
}
