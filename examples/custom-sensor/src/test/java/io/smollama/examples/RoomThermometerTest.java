package io.smollama.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.ReadingProvider;
import io.smollama.core.SourceId;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.ReadingProviderContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract says most of what a sensor must do; the rest is its own. */
class RoomThermometerTest extends ReadingProviderContract {
  @TempDir Path folder;

  @Override
  protected ReadingProvider open() {
    return sensorThatHolds("21.3\n");
  }

  @Test
  void aFileWithoutANumberIsNamed() {
    assertThatThrownBy(() -> sensorThatHolds("warm").read(SourceId.parse("room:temperature")))
        .isInstanceOf(ReadingException.class)
        .hasMessageContaining("room:temperature");
  }

  @Test
  void withoutAFileThereIsNoValue() {
    ReadingProvider sensor = sensorOf(folder.resolve("nowhere"));
    assertThat(sensor.readAll()).isEmpty();
  }

  @Test
  void theOffsetIsAdded() {
    ReadingProvider sensor = sensorThatHolds("21.3");
    assertThat(sensor.readAll()).extracting(Reading::display).containsExactly("20.8 °C");
  }

  private static ReadingProvider sensorOf(Path file) {
    return new RoomThermometer(new RoomThermometerConfig(file, -0.5), new ManualClock());
  }

  private ReadingProvider sensorThatHolds(String text) {
    try {
      return sensorOf(Files.writeString(folder.resolve("temperature"), text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
