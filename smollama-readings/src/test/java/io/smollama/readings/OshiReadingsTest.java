package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingProvider;
import io.smollama.core.SourceId;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.ReadingProviderContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OshiReadingsTest {

  @Nested
  class OnThisMachine extends ReadingProviderContract {
    @Override
    protected ReadingProvider open() {
      return SystemReadings.ofOshi(Path.of("."), InstantSource.system(), System::nanoTime);
    }
  }

  @Test
  void tellsMemoryDiskUptimeAndLaterTheNetwork() {
    ManualClock clock = new ManualClock();
    ReadingProvider provider = SystemReadings.ofOshi(Path.of("."), clock, Nanos.of(clock));
    assertThat(provider.readAll())
        .extracting(reading -> reading.source().id())
        .contains("mem_percent", "mem_available_mb", "disk_percent", "uptime")
        .doesNotContain("cpu_percent", "net_rx");
    clock.advance(Duration.ofSeconds(5));
    assertThat(provider.readAll()).allSatisfy(OshiReadingsTest::isPlausible);
  }

  @Test
  void agreesWithTheFilesOfLinux() {
    InstantSource clock = InstantSource.system();
    SourceId memory = SourceId.parse("system:mem_percent");
    ReadingProvider oshi = SystemReadings.ofOshi(Path.of("/"), clock, System::nanoTime);
    SystemReadings.ofThisMachine(Path.of("/"), clock, System::nanoTime)
        .read(memory)
        .ifPresent(
            reading ->
                assertThat(number(oshi.read(memory).orElseThrow()))
                    .isCloseTo(number(reading), Offset.offset(20.0)));
  }

  private static double number(Reading reading) {
    return reading.value().asNumber().orElseThrow();
  }

  private static void isPlausible(Reading reading) {
    assertThat(number(reading)).isGreaterThanOrEqualTo(0).isFinite();
    if (reading.unit().equals("percent")) {
      assertThat(number(reading)).isLessThanOrEqualTo(100);
    }
    if (reading.source().id().equals("cpu_temp")) {
      assertThat(number(reading)).isNotZero();
    }
  }
}
