package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.ReadingProvider;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import io.smollama.testkit.ReadingProviderContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxReadingsTest {
  private static final String TEMP = "sys/class/thermal/thermal_zone0/temp";
  private static final String FREQ = "sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq";

  @TempDir Path folder;
  private FakeMachine machine;

  @BeforeEach
  void makePi() {
    machine = FakeMachine.raspberryPi4(folder);
  }

  private ReadingProvider open() {
    return SystemReadings.ofLinux(folder, folder, machine.clock, machine.nanos());
  }

  private static Optional<String> show(ReadingProvider provider, String id) {
    return provider.read(new SourceId("system", id)).map(Reading::display);
  }

  private static List<String> ids(List<Reading> readings) {
    return readings.stream().map(reading -> reading.source().id()).toList();
  }

  private static List<String> listed(ReadingProvider provider) {
    return provider.sources().stream().map(source -> source.id().id()).toList();
  }

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
  class CpuUse {
    @Test
    void isTheBusyShareSinceTheReadBefore() {
      ReadingProvider provider = open();
      assertThat(show(provider, "cpu_percent")).isEmpty();
      machine.cpu(1100, 9300);
      assertThat(show(provider, "cpu_percent")).hasValue("25 %");
      machine.cpu(1500, 9300);
      assertThat(show(provider, "cpu_percent")).hasValue("100 %");
    }

    @Test
    void isToldAgainWhenTooLittleTimeHasPassed() {
      ReadingProvider provider = open();
      provider.readAll();
      machine.cpu(1100, 9300);
      assertThat(show(provider, "cpu_percent")).hasValue("25 %");
      machine.cpu(1101, 9300);
      assertThat(show(provider, "cpu_percent")).hasValue("25 %");
    }

    @Test
    void isNothingAfterCountersWentBack() {
      ReadingProvider provider = open();
      provider.readAll();
      machine.cpu(10, 90);
      assertThat(show(provider, "cpu_percent")).isEmpty();
      machine.cpu(110, 190);
      assertThat(show(provider, "cpu_percent")).hasValue("50 %");
    }
  }

  @Nested
  class Network {
    @Test
    void isTheGrowthPerSecondWithoutTheLoopback() {
      ReadingProvider provider = open();
      assertThat(show(provider, "net_rx")).isEmpty();
      machine.clock.advance(Duration.ofSeconds(2));
      machine.network(1_003_000, 200_500);
      assertThat(show(provider, "net_rx")).hasValue("1500 B/s");
      assertThat(show(provider, "net_tx")).hasValue("250 B/s");
    }

    @Test
    void isNothingInTheDirectionThatWentBack() {
      ReadingProvider provider = open();
      provider.readAll();
      machine.clock.advance(Duration.ofSeconds(2));
      machine.network(10, 200_500);
      assertThat(ids(provider.readAll())).contains("net_tx").doesNotContain("net_rx");
      machine.clock.advance(Duration.ofSeconds(1));
      machine.network(30, 200_500);
      assertThat(show(provider, "net_rx")).hasValue("20 B/s");
      assertThat(show(provider, "net_tx")).hasValue("0 B/s");
    }

    @Test
    void isToldAgainWhenTooLittleTimeHasPassed() {
      ReadingProvider provider = open();
      provider.readAll();
      machine.clock.advance(Duration.ofSeconds(2));
      machine.network(1_003_000, 200_500);
      provider.readAll();
      machine.clock.advance(Duration.ofMillis(1));
      machine.network(2_000_000, 300_000);
      assertThat(show(provider, "net_rx")).hasValue("1500 B/s");
    }

    @Test
    void doesNotCountWhatAnInterfaceCarriedBeforeItWasSeen() {
      machine.file("proc/net/dev", "a | b\n lo: 1 1 1 1 1 1 1 1 1 1\n");
      ReadingProvider provider = open();
      provider.readAll();
      machine.clock.advance(Duration.ofSeconds(2));
      machine.network(1_000_000, 1_000_000);
      assertThat(show(provider, "net_rx")).isEmpty();
    }
  }

  @Nested
  class WhatIsNotThere {
    @ParameterizedTest
    @CsvSource({TEMP + ", cpu_temp", FREQ + ", cpu_freq", "proc/net/dev, net_rx"})
    void isNotListed(String file, String id) {
      machine.remove(file);
      ReadingProvider provider = open();
      assertThat(listed(provider)).isNotEmpty().doesNotContain(id);
      assertThat(show(provider, id)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({TEMP + ", cpu_temp", FREQ + ", cpu_freq", "proc/meminfo, mem_percent"})
    void isNoReadingWhenItGoesLater(String file, String id) {
      ReadingProvider provider = open();
      machine.remove(file);
      assertThat(show(provider, id)).isEmpty();
      assertThat(ids(provider.readAll())).contains("load_avg").doesNotContain(id);
    }

    @Test
    void diskOfAPathThatDoesNotExist() {
      Path nowhere = folder.resolve("nowhere");
      assertThat(listed(SystemReadings.ofLinux(folder, nowhere, machine.clock, machine.nanos())))
          .contains("cpu_temp")
          .doesNotContain("disk_percent", "disk_free_mb");
    }
  }

  @Nested
  class OtherMachines {
    @Test
    void temperatureOfTheBatteryIsNotTheCpus() {
      machine.file("sys/class/thermal/thermal_zone0/type", "battery\n");
      machine.file("sys/class/hwmon/hwmon0/name", "drivetemp\n");
      machine.file("sys/class/hwmon/hwmon0/temp1_input", "31000\n");
      assertThat(listed(open())).doesNotContain("cpu_temp");
    }

    @ParameterizedTest
    @CsvSource({"cpu_thermal", "x86_pkg_temp", "soc-thermal"})
    void otherZonesOfTheCpu(String type) {
      machine.file("sys/class/thermal/thermal_zone0/type", "gpu-thermal\n");
      machine.file("sys/class/thermal/thermal_zone1/type", type + "\n");
      machine.file("sys/class/thermal/thermal_zone1/temp", "-1250\n");
      assertThat(show(open(), "cpu_temp")).hasValue("-1.2 °C");
    }

    @Test
    void zoneNamedForTheCpuComesBeforeThePackage() {
      machine.file("sys/class/thermal/thermal_zone0/type", "x86_pkg_temp\n");
      machine.file("sys/class/thermal/thermal_zone1/type", "cpu-thermal\n");
      machine.file("sys/class/thermal/thermal_zone1/temp", "50000\n");
      assertThat(show(open(), "cpu_temp")).hasValue("50 °C");
    }

    @ParameterizedTest
    @CsvSource({"coretemp", "k10temp"})
    void hardwareMonitorWhereThereIsNoZone(String name) {
      machine.remove(TEMP);
      machine.file("sys/class/hwmon/hwmon0/name", "nvme\n");
      machine.file("sys/class/hwmon/hwmon0/temp1_input", "31000\n");
      machine.file("sys/class/hwmon/hwmon1/name", name + "\n");
      machine.file("sys/class/hwmon/hwmon1/temp1_input", "61250\n");
      assertThat(show(open(), "cpu_temp")).hasValue("61.3 °C");
    }

    @Test
    void frequencyOfAVirtualMachine() {
      machine.remove(FREQ);
      machine.file("proc/cpuinfo", "processor\t: 0\ncpu MHz\t\t: 2596.136\n");
      assertThat(show(open(), "cpu_freq")).hasValue("2596 MHz");
    }
  }

  @Nested
  class Rubbish {
    @ParameterizedTest
    @CsvSource({
      TEMP + ", cpu_temp",
      FREQ + ", cpu_freq",
      "proc/stat, cpu_percent",
      "proc/meminfo, mem_available_mb",
      "proc/loadavg, load_avg",
      "proc/uptime, uptime",
      "proc/net/dev, net_tx"
    })
    void failsItsSourceByNameButNotThePass(String file, String id) {
      machine.file(file, "hot: \0\u00ff stuff\n");
      ReadingProvider provider = open();
      assertThatThrownBy(() -> show(provider, id))
          .isInstanceOf(ReadingException.class)
          .hasMessageContaining("system:" + id)
          .hasMessageContaining(file)
          .hasMessageContaining("stuff");
      assertThat(ids(provider.readAll())).hasSizeGreaterThan(5).doesNotContain(id);
    }

    @Test
    void emptyFileIsRubbishToo() {
      machine.file(TEMP, "");
      assertThatThrownBy(() -> show(open(), "cpu_temp")).isInstanceOf(ReadingException.class);
    }

    @Test
    void isReadAgainWhenItIsMended() {
      machine.file(TEMP, "rubbish");
      ReadingProvider provider = open();
      provider.readAll();
      machine.file(TEMP, "40000\n");
      assertThat(ids(provider.readAll())).contains("cpu_temp");
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
