package io.smollama.readings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.LongSupplier;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;

/**
 * What a machine that is not Linux (macOS, Windows, BSD) tells through OSHI. OSHI says 0 or -1 of
 * what it does not know; here that is no value, and no probe if it is so from the start.
 */
final class OshiProbes {
  private static final double MEGABYTE = 1024 * 1024;

  private OshiProbes() {}

  /** The probes of this machine; loading OSHI may take a second. */
  static List<Probe> find(LongSupplier nanos) throws IOException {
    SystemInfo system = new SystemInfo();
    HardwareAbstractionLayer hardware = system.getHardware();
    CentralProcessor cpu = hardware.getProcessor();
    List<Probe> found = new ArrayList<>();
    addIfTold(found, Metric.CPU_TEMP, () -> positive(hardware.getSensors().getCpuTemperature()));
    addIfTold(found, Metric.CPU_FREQ, () -> positive(megahertz(cpu)));
    found.add(cpuUse(cpu));
    found.add(new Memory(hardware.getMemory()));
    addIfTold(found, Metric.LOAD_AVG, () -> load(cpu.getSystemLoadAverage(1)[0]));
    found.add(
        Probe.of(Metric.UPTIME, () -> positive(system.getOperatingSystem().getSystemUptime())));
    found.add(new NetworkRates(() -> counters(hardware), nanos));
    return found;
  }

  private static void addIfTold(List<Probe> found, Metric metric, Probe.Measurement measurement)
      throws IOException {
    if (measurement.take().isPresent()) {
      found.add(Probe.of(metric, measurement));
    }
  }

  private static OptionalDouble positive(double told) {
    return told > 0 ? OptionalDouble.of(told) : OptionalDouble.empty();
  }

  /** A load of 0 is an idle machine; only a negative one is unknown. */
  private static OptionalDouble load(double told) {
    return told >= 0 ? OptionalDouble.of(told) : OptionalDouble.empty();
  }

  private static double megahertz(CentralProcessor cpu) {
    long[] hertz = cpu.getCurrentFreq();
    return hertz.length == 0 ? 0 : hertz[0] / 1e6;
  }

  /** OSHI counts in milliseconds; some systems renew them only every 16. */
  private static Probe cpuUse(CentralProcessor cpu) {
    CpuShare share = new CpuShare(1000);
    return Probe.of(
        Metric.CPU_PERCENT,
        () -> {
          long[] ticks = cpu.getSystemCpuLoadTicks();
          long total = Arrays.stream(ticks).sum();
          long idle = ticks[TickType.IDLE.getIndex()] + ticks[TickType.IOWAIT.getIndex()];
          return share.since(total - idle, total);
        });
  }

  private static Map<String, NetworkRates.Bytes> counters(HardwareAbstractionLayer hardware) {
    Map<String, NetworkRates.Bytes> counters = new HashMap<>();
    for (NetworkIF net : hardware.getNetworkIFs()) {
      counters.put(net.getName(), new NetworkRates.Bytes(net.getBytesRecv(), net.getBytesSent()));
    }
    return counters;
  }

  /** Both memory values by one look. One thread at a time. */
  private record Memory(GlobalMemory memory) implements Probe {
    @Override
    public Set<Metric> metrics() {
      return Set.of(Metric.MEM_PERCENT, Metric.MEM_AVAILABLE_MB);
    }

    @Override
    public Map<Metric, Double> measure() {
      double total = memory.getTotal();
      double available = memory.getAvailable();
      return total > 0
          ? Map.of(
              Metric.MEM_PERCENT, 100 * (total - available) / total,
              Metric.MEM_AVAILABLE_MB, available / MEGABYTE)
          : Map.of();
    }
  }
}
