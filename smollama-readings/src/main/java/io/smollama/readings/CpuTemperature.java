package io.smollama.readings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The CPU temperature, which Linux tells in thousandths of a degree: by a thermal zone where there
 * is one (Raspberry Pi: {@code cpu-thermal}), else by a hardware monitor.
 *
 * <p>Documentation/driver-api/thermal/sysfs-api.rst and Documentation/hwmon/sysfs-interface.rst of
 * the kernel. Other zones and monitors (battery, Wi-Fi, disk, room sensors) are not the CPU, so
 * that a machine with only those has no CPU temperature.
 */
final class CpuTemperature {
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
    List<KernelFile> labels = KernelFile.all(folder, glob + "/" + nameFile);
    for (String name : wanted) {
      for (KernelFile label : labels) {
        KernelFile value = new KernelFile(label.path().resolveSibling(valueFile));
        if (label.says(name) && value.exists()) {
          return Optional.of(value);
        }
      }
    }
    return Optional.empty();
  }
}
