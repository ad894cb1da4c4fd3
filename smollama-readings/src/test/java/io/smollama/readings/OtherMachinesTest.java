package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ReadingProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherMachinesTest extends LinuxFixture {
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
