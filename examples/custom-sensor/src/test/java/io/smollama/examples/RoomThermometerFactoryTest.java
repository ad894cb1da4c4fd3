package io.smollama.examples;

import io.smollama.core.ReadingProviderFactory;
import io.smollama.testkit.ReadingProviderFactoryContract;

/** The contract says all that a factory must do. */
class RoomThermometerFactoryTest extends ReadingProviderFactoryContract<RoomThermometerConfig> {
  @Override
  protected ReadingProviderFactory<RoomThermometerConfig> factory() {
    return new RoomThermometerFactory();
  }

  @Override
  protected RoomThermometerConfig configuration() {
    return RoomThermometerConfig.defaults();
  }
}
