package io.smollama.examples;

import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.ReadingProvider;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A sensor of one's own: a thermometer that some other program writes into a file, in degrees
 * Celsius. While the file is not there the sensor has no value; a file that holds no number is a
 * failure that names the sensor. One thread at a time.
 */
public final class RoomThermometer implements ReadingProvider {
  private final SourceId id = new SourceId("room", "temperature");
  private final RoomThermometerConfig config;
  private final InstantSource clock;

  public RoomThermometer(RoomThermometerConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  @Override
  public String type() {
    return id.type();
  }

  @Override
  public List<Source> sources() {
    return List.of(new Source(id, "room temperature", Units.CELSIUS));
  }

  @Override
  public Optional<Reading> read(SourceId source) {
    if (!source.equals(id) || !Files.exists(config.file())) {
      return Optional.empty();
    }
    try {
      double degrees = Double.parseDouble(Files.readString(config.file()).strip()) + config.offset();
      return Optional.of(Reading.of(id.toString(), degrees, Units.CELSIUS, clock.instant()));
    } catch (IOException | NumberFormatException e) {
      throw new ReadingException(id.toString(), config.file() + " holds no number", true, e);
    }
  }
}
