package io.smollama.readings;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Pins of a board, real or not, as voltages: what a low pin means is for {@link GpioReadings} to
 * know.
 *
 * <p>Implementations do nothing until a pin is opened. Opening a pin again takes it anew. A pin
 * that is open says its level; another one, and a pin that the board refuses, is a {@link
 * io.smollama.core.ReadingException} whose message says what is wrong and, in its last sentence,
 * what helps. It is retryable if time may help.
 *
 * <p>Edges come on any thread, in order for each pin. They may get lost, for kernels drop them:
 * callers look at levels besides. After the close there are none. Thread-safe.
 */
public interface PinBoard extends OutputPins, AutoCloseable {
  /** What board this is, for people: {@code gpiochip0 (pinctrl-bcm2711)}. */
  String says();

  /**
   * Takes a pin as an input.
   *
   * @param edges who hears each change; empty to hear none
   */
  void openInput(int pin, Pull pull, Optional<Consumer<Edge>> edges);

  /**
   * Takes a pin as an output.
   *
   * @param high its level from the first moment; empty for what it has now, as far as that can be
   *     told
   */
  void openOutput(int pin, Optional<Boolean> high);

  /** Lets go of all pins. Calling it again does nothing. */
  @Override
  void close();
}
