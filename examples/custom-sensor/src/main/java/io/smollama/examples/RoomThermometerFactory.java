package io.smollama.examples;

import io.smollama.core.ReadingProvider;
import io.smollama.core.ReadingProviderFactory;
import java.time.InstantSource;

/**
 * Lets a node read the thermometer when its configuration names {@code room}; the file in {@code
 * META-INF/services} tells of it. Immutable.
 */
public final class RoomThermometerFactory
    implements ReadingProviderFactory<RoomThermometerConfig> {
  @Override
  public String name() {
    return "room";
  }

  @Override
  public Class<RoomThermometerConfig> configuration() {
    return RoomThermometerConfig.class;
  }

  @Override
  public ReadingProvider open(RoomThermometerConfig configuration, InstantSource clock) {
    return new RoomThermometer(configuration, clock);
  }
}
