package io.smollama.examples;

import io.smollama.core.Reading;
import io.smollama.readings.HubConfig;
import io.smollama.readings.ReadingHub;
import io.smollama.readings.SystemReadings;
import java.nio.file.Path;
import java.time.InstantSource;

/** Reads a sensor of one's own beside those of the system. */
public final class CustomSensor {
  private CustomSensor() {}

  /**
   * Prints every reading once.
   *
   * @param arguments the file that holds the temperature
   */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: CustomSensor FILE   (a file that holds degrees Celsius)");
      return;
    }
    InstantSource clock = InstantSource.system();
    try (ReadingHub hub = new ReadingHub(HubConfig.defaults(), clock, System::nanoTime)) {
      hub.register(SystemReadings.ofThisMachine(Path.of("."), clock, System::nanoTime));
      hub.register(new RoomThermometer(new RoomThermometerConfig(Path.of(arguments[0]), 0), clock));
      hub.readAll().stream().map(Reading::describe).forEach(System.out::println);
    }
  }
}
