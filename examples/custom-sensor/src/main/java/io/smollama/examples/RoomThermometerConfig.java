package io.smollama.examples;

import java.nio.file.Path;

/**
 * What the configuration of a node says of the thermometer. Immutable.
 *
 * @param file the file that holds degrees Celsius
 * @param offset what is added to them
 */
public record RoomThermometerConfig(Path file, double offset) {

  public RoomThermometerConfig {
    if (Math.abs(offset) > 10) {
      throw new IllegalArgumentException("A thermometer that is %s off is broken".formatted(offset));
    }
  }

  /** What is used for settings that are left out. */
  public static RoomThermometerConfig defaults() {
    return new RoomThermometerConfig(Path.of("/run/room"), 0);
  }
}
