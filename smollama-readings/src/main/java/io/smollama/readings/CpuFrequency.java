package io.smollama.readings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The clock of the first CPU: {@code cpufreq} tells it in kHz; where that is missing, as on many
 * virtual x86 machines, {@code cpuinfo} tells it in MHz.
 */
final class CpuFrequency {
  private CpuFrequency() {}

  static Optional<Probe> find(Path root) {
    Optional<KernelFile> scaling =
        LinuxProbes.file(root, "sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq");
    if (scaling.isPresent()) {
      return scaling.map(file -> Probe.of(Metric.CPU_FREQ, () -> file.number(0.001)));
    }
    return LinuxProbes.file(root, "proc/cpuinfo")
        .filter(CpuFrequency::isTold)
        .map(file -> Probe.of(Metric.CPU_FREQ, () -> megahertz(file)));
  }

  private static boolean isTold(KernelFile cpuInfo) {
    try {
      return megahertz(cpuInfo).isPresent();
    } catch (IOException e) {
      return true; // it is there: the read will say what is wrong
    }
  }

  private static OptionalDouble megahertz(KernelFile cpuInfo) throws IOException {
    for (String line : cpuInfo.text().orElse("").split("\n")) {
      if (line.startsWith("cpu MHz") && line.contains(":")) {
        return OptionalDouble.of(cpuInfo.parse(line.substring(line.indexOf(':') + 1)));
      }
    }
    return OptionalDouble.empty();
  }
}
