package io.smollama.devices;

import com.diozero.api.RuntimeIOException;
import com.diozero.internal.provider.builtin.gpio.GpioChip;
import com.diozero.internal.provider.builtin.gpio.GpioLine;
import io.smollama.core.ReadingException;
import io.smollama.readings.Edge;
import io.smollama.readings.PinBoard;
import io.smollama.readings.Pull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The pins of a Linux GPIO chip, numbered as its lines are, which on a Raspberry Pi are the GPIO
 * (BCM) numbers. Levels are read back from the line, outputs too. A pin whose line somebody else
 * has is refused.
 *
 * <p>Nothing is opened before the first pin is. A chip that is missing, closed to this user or
 * without a native library for this machine is a {@link ReadingException} that says so and what
 * helps. Thread-safe.
 */
public final class DiozeroBoard implements PinBoard {
  private static final long OLDEST_EDGE = Duration.ofSeconds(10).toNanos();

  private final ChipFiles files;
  private final Optional<String> wanted;
  private final LongSupplier nanos;
  private final Map<Integer, Taken> taken = new TreeMap<>();
  private Optional<OpenChip> chip = Optional.empty();

  /** A line, and how it is to be had again. */
  private record Taken(
      GpioLine line, Pull pull, Optional<Consumer<Edge>> edges, AtomicBoolean heard) {}

  private DiozeroBoard(ChipFiles files, Optional<String> wanted, LongSupplier nanos) {
    this.files = files;
    this.wanted = wanted;
    this.nanos = nanos;
  }

  /**
   * A chip of this machine.
   *
   * @param chip its name or label; empty for the one whose pins are on the header
   * @param nanos {@code System::nanoTime}, by which the kernel tells edges
   */
  public static DiozeroBoard of(Optional<String> chip, LongSupplier nanos) {
    ChipFiles files =
        new ChipFiles(Path.of("/dev"), OpenChip::label, System.getProperty("user.name"));
    return new DiozeroBoard(files, chip, nanos);
  }

  @Override
  public synchronized String says() {
    return chip.map(OpenChip::toString).orElse(wanted.orElse("real pins"));
  }

  /**
   * Looks whether pins can be had, and takes none.
   *
   * @return the chip, for people
   * @throws ReadingException if one cannot
   */
  public synchronized String look(Collection<Integer> pins) {
    OpenChip open = chip();
    pins.stream().filter(pin -> !taken.containsKey(pin)).forEach(open::check);
    return open.toString();
  }

  private OpenChip chip() {
    if (chip.isEmpty()) {
      chip = Optional.of(OpenChip.open(files.find(wanted)));
    }
    return chip.get();
  }

  @Override
  public synchronized void openInput(int pin, Pull pull, Optional<Consumer<Edge>> edges) {
    Taken before = taken.remove(pin);
    if (before != null) {
      before.line().close();
      if (before.edges().isPresent() && edges.isPresent() && !before.heard().get()) {
        leaveChip();
      }
    }
    take(pin, pull, edges);
  }

  private void take(int pin, Pull pull, Optional<Consumer<Edge>> edges) {
    Taken input =
        new Taken(
            chip().input(pin, pull, edges.isPresent()), pull, edges, new AtomicBoolean(false));
    taken.put(pin, input);
    edges.ifPresent(
        listener ->
            chip()
                .listen(
                    input.line(),
                    (line, event, wallClock, steadyClock) -> {
                      input.heard().set(true);
                      boolean high = event == GpioChip.GPIOEVENT_EVENT_RISING_EDGE;
                      listener.accept(new Edge(pin, high, time(steadyClock)));
                    }));
  }

  /** Kernels before 5.7 tell the time of the wall clock. */
  private long time(long told) {
    long now = nanos.getAsLong();
    return now - told >= 0 && now - told < OLDEST_EDGE ? told : now;
  }

  /**
   * A pin whose level changed, and of which no edge was heard since it was opened: the library's
   * thread of edges ends for good at the first signal, and nothing tells. Another chip has another
   * thread; this one is left to itself, because closing it might wait for ever.
   */
  private void leaveChip() {
    chip = Optional.empty();
    Map.copyOf(taken)
        .forEach(
            (pin, other) -> {
              if (other.edges().isPresent()) {
                other.line().close();
                taken.remove(pin);
                take(pin, other.pull(), other.edges());
              }
            });
  }

  /** What it has now can only be told by taking it as an input first, for a moment. */
  @Override
  public synchronized void openOutput(int pin, Optional<Boolean> high) {
    release(pin);
    boolean level = high.orElseGet(() -> levelNow(pin));
    taken.put(
        pin,
        new Taken(chip().output(pin, level), Pull.NONE, Optional.empty(), new AtomicBoolean()));
  }

  private boolean levelNow(int pin) {
    GpioLine line = chip().input(pin, Pull.NONE, false);
    try {
      return level(pin, line);
    } finally {
      line.close();
    }
  }

  private void release(int pin) {
    Taken before = taken.remove(pin);
    if (before != null) {
      before.line().close();
    }
  }

  @Override
  public synchronized void set(int pin, boolean high) {
    try {
      line(pin).setValue(high ? 1 : 0);
    } catch (RuntimeIOException e) {
      throw PinErrors.of(pin, e);
    }
  }

  @Override
  public synchronized boolean isHigh(int pin) {
    return level(pin, line(pin));
  }

  private static boolean level(int pin, GpioLine line) {
    try {
      return line.getValue() != 0;
    } catch (RuntimeIOException e) {
      throw PinErrors.of(pin, e);
    }
  }

  private GpioLine line(int pin) {
    Taken of = taken.get(pin);
    if (of == null) {
      throw new ReadingException("gpio:" + pin, "the pin was not taken", true);
    }
    return of.line();
  }

  @Override
  public synchronized void close() {
    taken.values().stream().filter(one -> one.edges().isEmpty()).forEach(one -> one.line().close());
    taken.clear();
    chip.ifPresent(OpenChip::close);
    chip = Optional.empty();
  }
}
