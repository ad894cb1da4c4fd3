package io.smollama.readings;

import io.smollama.core.ReadingProvider;
import io.smollama.core.ReadingProviderFactory;
import java.time.InstantSource;

/** Makes the {@link SimulatedHouse} for a configuration that names {@code house}. Immutable. */
public final class SimulatedHouseFactory implements ReadingProviderFactory<HouseConfig> {
  @Override
  public String name() {
    return SimulatedHouse.TYPE;
  }

  @Override
  public Class<HouseConfig> configuration() {
    return HouseConfig.class;
  }

  @Override
  public ReadingProvider open(HouseConfig configuration, InstantSource clock) {
    return SimulatedHouse.open(configuration, clock);
  }
}
