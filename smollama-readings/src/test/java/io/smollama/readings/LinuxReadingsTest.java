package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.ReadingProvider;
import io.smollama.core.Source;
import io.smollama.testkit.ReadingProviderContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxReadingsTest extends LinuxFixture {
  @Nested
  class OnAFakePi extends ReadingProviderContract {
    @Override
    protected ReadingProvider open() {
      return LinuxReadingsTest.this.open();
    }
  }

  @Nested
  class OnThisMachine extends ReadingProviderContract {
    @Override
    protected ReadingProvider open() {
      assumeThat(Files.exists(Path.of("/proc/stat"))).as("this machine is Linux").isTrue();
      return SystemReadings.ofThisMachine(Path.of("/"), InstantSource.system(), System::nanoTime);
    }
  }

  @Nested
  class OfARaspberryPi4 {
    @Test
    void listsEverythingInOrderWithPlainLabels() {
      assertThat(open().sources())
          .extracting(source -> source.id() + ", " + source.label() + ", " + source.unit())
          .containsExactly(
              "system:cpu_temp, CPU temperature, celsius",
              "system:cpu_freq, CPU clock frequency, mhz",
              "system:cpu_percent, CPU use, percent",
              "system:mem_percent, memory in use, percent",
              "system:mem_available_mb, memory available, mb",
              "system:load_avg, load average of the last minute, load",
              "system:disk_percent, disk space used, percent",
              "system:disk_free_mb, disk space free, mb",
              "system:uptime, time since boot, seconds",
              "system:net_rx, network received, bytes_per_second",
              "system:net_tx, network sent, bytes_per_second");
    }

    @ParameterizedTest
    @CsvSource({
      "cpu_temp, 45.5 °C",
      "cpu_freq, 1500 MHz",
      "mem_percent, 25 %",
      "mem_available_mb, 2845 MB",
      "load_avg, 0.52",
      "uptime, 350735 s"
    })
    void readsOneValue(String id, String expected) {
      assertThat(show(open(), id)).hasValue(expected);
    }

    @Test
    void tellsTheTimeOfTheClock() {
      assertThat(open().readAll())
          .isNotEmpty()
          .allSatisfy(reading -> assertThat(reading.time()).isEqualTo(machine.clock.instant()));
    }

    @Test
    void firstPassHasEverythingThatNeedsNoPassBefore() {
      assertThat(ids(open().readAll()))
          .containsExactly(
              "cpu_temp",
              "cpu_freq",
              "mem_percent",
              "mem_available_mb",
              "load_avg",
              "disk_percent",
              "disk_free_mb",
              "uptime");
    }

    @Test
    void secondPassHasEverythingInTheOrderOfTheSources() {
      ReadingProvider provider = open();
      provider.readAll();
      machine.clock.advance(Duration.ofSeconds(5));
      machine.cpu(1100, 9400);
      assertThat(ids(provider.readAll())).isEqualTo(listed(provider));
    }

    @Test
    void diskIsPlausible() {
      List<Reading> all = open().readAll();
      assertThat(all)
          .filteredOn(reading -> reading.source().id().equals("disk_percent"))
          .singleElement()
          .satisfies(
              reading ->
                  assertThat(reading.value().asNumber().orElseThrow()).isBetween(0.0, 100.0));
    }
  }

  @Nested
  class APass {
    private int looks;

    @Test
    void looksAtEachPlaceOnce() {
      Probe memory =
          new Probe() {
            @Override
            public Set<Metric> metrics() {
              return Set.of(Metric.MEM_PERCENT, Metric.MEM_AVAILABLE_MB);
            }

            @Override
            public Map<Metric, Double> measure() {
              looks++;
              return Map.of(Metric.MEM_PERCENT, 1.0, Metric.MEM_AVAILABLE_MB, 2.0);
            }
          };
      ReadingProvider provider = new MachineReadings(List.of(memory), machine.clock);
      assertThat(ids(provider.readAll())).containsExactly("mem_percent", "mem_available_mb");
      assertThat(looks).isOne();
    }

    @Test
    void failsWhenNothingAtAllCanBeRead() {
      machine.file(TEMP, "rubbish");
      List<Probe> only = CpuTemperature.find(folder).stream().toList();
      ReadingProvider provider = new MachineReadings(only, machine.clock);
      assertThat(provider.sources()).extracting(Source::label).containsExactly("CPU temperature");
      assertThatThrownBy(provider::readAll).isInstanceOf(ReadingException.class);
    }
  }
}
