package io.smollama.cli;

import io.smollama.core.ReadingProvider;
import io.smollama.devices.Devices;
import io.smollama.readings.GpioReadings;
import io.smollama.readings.ReadingHub;
import io.smollama.readings.SystemReadings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** All that a node senses by: the machine, its pins, its devices, the sensors of others. */
final class NodeProviders {
  private NodeProviders() {}

  /**
   * Gives them to a hub, which closes them. What does not answer is there and says so.
   *
   * @param disk a folder on the disk whose room is told
   * @param pins those in use, if there are any
   * @throws UserError if two of them have one name
   */
  static void register(
      ReadingHub hub,
      NodeConfig config,
      Path disk,
      Optional<GpioReadings> pins,
      Extensions extensions,
      InstantSource clock) {
    hub.register(SystemReadings.ofThisMachine(disk, clock, System::nanoTime));
    pins.ifPresent(hub::register);
    register(
        hub, "devices", Devices.ofThisMachine(config.devices(), clock, System::nanoTime).sensors());
    register(hub, ExtensionsConfig.KEY, extensions.open(config.extensions(), clock));
  }

  private static void register(ReadingHub hub, String section, List<ReadingProvider> providers) {
    for (ReadingProvider provider : providers) {
      try {
        hub.register(provider);
      } catch (IllegalArgumentException e) {
        provider.close();
        throw new UserError("%s: %s".formatted(section, e.getMessage()), e);
      }
    }
  }
}
