package io.smollama.cli;

import io.smollama.devices.DiozeroBoard;
import io.smollama.readings.GpioConfig;
import io.smollama.readings.GpioReadings;
import io.smollama.readings.SimulatedGpio;
import java.time.InstantSource;
import java.util.Optional;

/** Which pins a node has: real ones, if some are configured and they are not to be simulated. */
final class NodePins {
  private NodePins() {}

  /** Without configured pins those of the simulated demo board; not started. */
  static GpioReadings of(GpioConfig config, InstantSource clock) {
    return config.mock() || config.pins().isEmpty()
        ? GpioReadings.of(SimulatedGpio.of(config, System::nanoTime), clock, System::nanoTime)
        : new GpioReadings(
            DiozeroBoard.of(config.chip(), System::nanoTime),
            config.pins(),
            clock,
            System::nanoTime);
  }

  /** Those that the owner named, or had simulated: nobody shall take the demo for a room. */
  static Optional<GpioReadings> named(GpioConfig config, InstantSource clock) {
    return config.mock() || !config.pins().isEmpty()
        ? Optional.of(of(config, clock))
        : Optional.empty();
  }
}
