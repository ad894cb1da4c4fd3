package io.smollama.readings;

import com.sun.management.OperatingSystemMXBean;
import io.smollama.core.Reading;
import io.smollama.core.ReadingProvider;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Measures what sensing itself costs: a thousand sources of ten providers once a second, with a
 * deadband for each, against the bare reads of the same providers, and the heap that it holds.
 * {@code main [seconds]}.
 */
public final class SamplerBenchmark {
  private static final int PROVIDERS = 10;
  private static final int SOURCES = 100;
  private static final int BARE_PASSES = 2_000;
  private static final int WARM_UP = 60;

  private SamplerBenchmark() {}

  /** Values that wander, as cheap as can be. */
  private record Wandering(String type, List<Source> sources, InstantSource clock)
      implements ReadingProvider {
    @Override
    public Optional<Reading> read(SourceId source) {
      double value = 20 + clock.millis() / 1000 % 60 / 10.0;
      return Optional.of(Reading.of(source.toString(), value, Units.CELSIUS, clock.instant()));
    }
  }

  private static Wandering provider(int number) {
    String type = "p" + number;
    List<Source> sources =
        IntStream.range(0, SOURCES)
            .mapToObj(i -> new Source(new SourceId(type, "s" + i), "", Units.CELSIUS))
            .toList();
    return new Wandering(type, sources, InstantSource.system());
  }

  public static void main(String[] arguments) throws InterruptedException {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    List<Wandering> providers = IntStream.range(0, PROVIDERS).mapToObj(i -> provider(i)).toList();
    for (int pass = 0; pass < BARE_PASSES; pass++) {
      providers.forEach(Wandering::readAll);
    }
    long begin = machine.getProcessCpuTime();
    for (int pass = 0; pass < BARE_PASSES; pass++) {
      providers.forEach(Wandering::readAll);
    }
    double bare = (machine.getProcessCpuTime() - begin) / 1e3 / BARE_PASSES / PROVIDERS / SOURCES;
    SourceRule rule =
        new SourceRule("*", Optional.empty(), Optional.of(0.5), Duration.ofMinutes(10));
    SamplerConfig config = new SamplerConfig(Duration.ofSeconds(1), List.of(rule), List.of());
    LongAdder read = new LongAdder();
    LongAdder kept = new LongAdder();
    CountDownLatch warm = new CountDownLatch(WARM_UP);
    CountDownLatch passes = new CountDownLatch(WARM_UP + seconds);
    ChangeFilter filter = new ChangeFilter(config.sources());
    try (ReadingHub hub =
            new ReadingHub(HubConfig.defaults(), InstantSource.system(), System::nanoTime);
        Sampler sampler = new Sampler(hub, config, System::nanoTime)) {
      providers.forEach(hub::register);
      sampler.listen(
          batch -> {
            read.add(batch.size());
            kept.add(filter.worthKeeping(batch).size());
            warm.countDown();
            passes.countDown();
          });
      sampler.start();
      warm.await();
      read.reset();
      kept.reset();
      begin = machine.getProcessCpuTime();
      passes.await();
      double whole = (machine.getProcessCpuTime() - begin) / 1e3 / read.sum();
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      System.out.printf(
          "%,d readings in %d s, %,d kept: %.2f microseconds of CPU each, %.1f times the bare read"
              + " (%.3f), %.2f %% of a core; %.1f MiB of heap%n",
          read.sum(),
          seconds,
          kept.sum(),
          whole,
          whole / bare,
          bare,
          whole * read.sum() / seconds / 1e4,
          (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0);
    }
  }
}
