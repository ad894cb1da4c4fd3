package io.smollama.devices;

import com.diozero.api.GpioEventTrigger;
import com.diozero.api.GpioPullUpDown;
import com.diozero.api.RuntimeIOException;
import com.diozero.internal.provider.builtin.gpio.GpioChip;
import com.diozero.internal.provider.builtin.gpio.GpioLine;
import com.diozero.internal.provider.builtin.gpio.GpioLineEventListener;
import io.smollama.core.ReadingException;
import io.smollama.readings.Pull;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** An open chip and its lines, by diozero's own classes for them. One thread at a time. */
final class OpenChip {
  private final ChipFiles.Chip of;
  private final GpioChip chip;
  private boolean listens;

  private OpenChip(ChipFiles.Chip of, GpioChip chip) {
    this.of = of;
    this.chip = chip;
  }

  static OpenChip open(ChipFiles.Chip of) {
    return new OpenChip(of, opened(of.file()));
  }

  /** What a chip that may be opened calls itself. */
  static String label(Path file) {
    GpioChip chip = opened(file);
    String label = chip.getLabel();
    chip.close();
    return label;
  }

  private static GpioChip opened(Path file) {
    DiozeroLog.lead();
    try {
      GpioChip chip = GpioChip.openChip(file.toString());
      if (chip == null) {
        throw new ReadingException(
            file.toString(),
            "the kernel does not let it be opened. 'gpiodetect' lists chips",
            true);
      }
      ChipLine.guard(chip.getLines());
      return chip;
    } catch (LinkageError e) {
      throw PinErrors.noLibrary(e);
    }
  }

  @Override
  public String toString() {
    return of.toString();
  }

  /** Who has a line at present; empty if nobody has. */
  private Optional<String> holder(int pin) {
    GpioChip look = opened(of.file()); // a chip knows how its lines were when it was opened
    try {
      return Optional.of(look.getLineByOffset(pin))
          .filter(GpioLine::isReserved)
          .map(line -> String.valueOf(line.getConsumer()));
    } finally {
      look.close();
    }
  }

  /** Fails if a line cannot be had; the native library would print to the terminal. */
  void check(int pin) {
    if (pin >= chip.getNumLines()) {
      throw PinErrors.noLine(pin, of, chip.getNumLines());
    }
    holder(pin)
        .ifPresent(
            holder -> {
              throw PinErrors.held(pin, holder);
            });
  }

  GpioLine input(int pin, Pull pull, boolean edges) {
    check(pin);
    GpioPullUpDown drawn =
        switch (pull) {
          case UP -> GpioPullUpDown.PULL_UP;
          case DOWN -> GpioPullUpDown.PULL_DOWN;
          case NONE -> GpioPullUpDown.NONE;
        };
    return taken(
        pin,
        () ->
            chip.provisionGpioInputDevice(
                pin, drawn, edges ? GpioEventTrigger.BOTH : GpioEventTrigger.NONE));
  }

  GpioLine output(int pin, boolean high) {
    check(pin);
    return taken(pin, () -> chip.provisionGpioOutputDevice(pin, high ? 1 : 0));
  }

  private static GpioLine taken(int pin, Supplier<GpioLine> request) {
    try {
      GpioLine line = request.get();
      ((ChipLine) line).opened();
      return line;
    } catch (RuntimeIOException e) {
      throw PinErrors.of(pin, e);
    }
  }

  /** Has the edges of a line told from now on, on a thread of diozero. */
  void listen(GpioLine line, GpioLineEventListener listener) {
    listens = true;
    chip.register(line.getFd(), listener);
  }

  /**
   * Closes it and its lines. The library waits for its thread of edges, without end if that has
   * already ended, so this does not wait for the library.
   */
  void close() {
    if (!listens) {
      chip.close();
      return;
    }
    CountDownLatch closed = new CountDownLatch(1);
    Thread closing =
        new Thread(
            () -> {
              chip.close();
              closed.countDown();
            },
            "gpio-close");
    closing.setDaemon(true);
    closing.start();
    try {
      closed.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
