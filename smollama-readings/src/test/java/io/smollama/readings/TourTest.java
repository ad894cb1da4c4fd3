package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of the package's tour. */
@Timeout(60)
class TourTest {
  private final Queue<Reading> stored = new ConcurrentLinkedQueue<>();

  private void store(Reading reading) {
    stored.add(reading);
  }

  @Test
  void exampleOfTheTourWorks() throws InterruptedException {
    CountDownLatch sampled = new CountDownLatch(1);
    InstantSource clock = InstantSource.system();
    try (ReadingHub hub = new ReadingHub(HubConfig.defaults(), clock, System::nanoTime);
        Sampler sampler = new Sampler(hub, SamplerConfig.defaults(), System::nanoTime)) {
      hub.register(SystemReadings.ofThisMachine(Path.of("/"), clock, System::nanoTime));
      GpioReadings pins =
          GpioReadings.of(SimulatedGpio.demoBoard(System::nanoTime), clock, System::nanoTime);
      pins.start();
      hub.register(pins);
      sampler.listen(batch -> batch.forEach(reading -> store(reading)));
      sampler.listen((List<Reading> batch) -> sampled.countDown());
      sampler.start();
      hub.read(SourceId.parse("system:cpu_temp"));
      sampled.await();
    }
    assertThat(stored)
        .extracting(reading -> reading.source().toString())
        .contains("system:mem_percent", "gpio:17");
  }
}
