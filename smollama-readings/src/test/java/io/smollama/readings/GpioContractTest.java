package io.smollama.readings;

import io.smollama.core.LiveReadingProvider;
import io.smollama.testkit.LiveReadingProviderContract;
import java.time.InstantSource;

class GpioContractTest extends LiveReadingProviderContract {
  private final SimulatedGpio demo = SimulatedGpio.demoBoard(System::nanoTime);
  private int happened;

  @Override
  protected LiveReadingProvider openLive() {
    GpioReadings readings = GpioReadings.of(demo, InstantSource.system(), System::nanoTime);
    readings.start();
    return readings;
  }

  @Override
  protected void happen() {
    demo.set(happened % 2 == 0 ? 17 : 27, happened / 2 % 2 == 0);
    happened++;
  }
}
