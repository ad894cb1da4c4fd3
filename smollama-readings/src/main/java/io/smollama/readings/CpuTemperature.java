package io.smollama.readings;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The CPU temperature, which Linux tells in thousandths of a degree: by a thermal zone where there
 * is one (Raspberry Pi: {@code cpu-thermal}), else by a hardware monitor.
 *
 * <p>Documentation/driver-api/thermal/sysfs-api.rst and Documentation/hwmon/sysfs-interface.rst of
 * the kernel. Other zones and monitors (battery, Wi-Fi, disk, room sensors) are not the CPU, so
 * that a machine with only those has no CPU temperature.
 */
final class CpuTemperature {
  private static final Logger log = LoggerFactory.getLogger(CpuTemperature.class);
  private static final List<String> ZONES =
      List.of("cpu-thermal", "cpu_thermal", "soc-thermal", "soc_thermal", "x86_pkg_temp");
  private static final List<String> MONITORS = List.of("coretemp", "k10temp");

  private CpuTemperature() {}

  static Optional<Probe> find(Path root) {
    Path zones = root.resolve("sys/class/thermal");
    Path monitors = root.resolve("sys/class/hwmon");
    return find(zones, "thermal_zone*", "type", ZONES, "temp")
        .or(() -> find(monitors, "hwmon*", "name", MONITORS, "temp1_input"))
        .map(file -> Probe.of(Metric.CPU_TEMP, () -> file.number(0.001)));
  }

  private static Optional<KernelFile> find(
      Path folder, String glob, String nameFile, List<String> wanted, String valueFile) {
    List<Path> candidates = list(folder, glob);
    for (String name : wanted) {
      for (Path candidate : candidates) {
        KernelFile value = new KernelFile(candidate.resolve(valueFile));
        if (name.equals(nameOf(candidate.resolve(nameFile))) && value.exists()) {
          return Optional.of(value);
        }
      }
    }
    return Optional.empty();
  }

  private static List<Path> list(Path folder, String glob) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
        entries.forEach(found::add);
      } catch (IOException e) {
        log.warn("Cannot look for a CPU temperature in {}: {}", folder, e.toString());
      }
    }
    Collections.sort(found);
    return found;
  }

  private static String nameOf(Path file) {
    try {
      return new KernelFile(file).text().orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
