package io.smollama.readings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a Linux machine tells under {@code /proc} and {@code /sys}, see proc(5). No process is
 * started, no native code is loaded. What the machine does not have gets no probe.
 */
final class LinuxProbes {
  private LinuxProbes() {}

  /**
   * The probes of a machine.
   *
   * @param root where {@code proc} and {@code sys} are
   */
  static List<Probe> find(Path root, LongSupplier nanos) {
    Optional<KernelFile> memory = file(root, "proc/meminfo");
    Optional<KernelFile> load = file(root, "proc/loadavg");
    Optional<KernelFile> uptime = file(root, "proc/uptime");
    Optional<KernelFile> network = file(root, "proc/net/dev");
    List<Probe> found = new ArrayList<>();
    CpuTemperature.find(root).ifPresent(found::add);
    CpuFrequency.find(root).ifPresent(found::add);
    file(root, "proc/stat").map(CpuStat::probe).ifPresent(found::add);
    memory.ifPresent(file -> found.add(new MemInfo(file)));
    load.ifPresent(file -> found.add(Probe.of(Metric.LOAD_AVG, file::number)));
    uptime.ifPresent(file -> found.add(Probe.of(Metric.UPTIME, file::number)));
    network.ifPresent(file -> found.add(new NetworkRates(() -> NetDev.parse(file), nanos)));
    PiPower.find(root).ifPresent(found::add);
    found.addAll(StorageHealth.find(root));
    return found;
  }

  /** A file of the kernel, if the machine has it. */
  static Optional<KernelFile> file(Path root, String name) {
    return Optional.of(new KernelFile(root.resolve(name))).filter(KernelFile::exists);
  }
}
