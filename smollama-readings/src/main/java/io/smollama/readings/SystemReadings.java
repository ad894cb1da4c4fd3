package io.smollama.readings;

import io.smollama.core.ReadingException;
import io.smollama.core.ReadingProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What the machine tells of itself: the provider of type {@code system}.
 *
 * <p>Sources, as far as the machine has them: {@code cpu_temp}, {@code cpu_freq}, {@code
 * cpu_percent}, {@code mem_percent}, {@code mem_available_mb}, {@code load_avg}, {@code
 * disk_percent}, {@code disk_free_mb}, {@code uptime}, {@code net_rx}, {@code net_tx}; of a
 * Raspberry Pi {@code under_voltage}, {@code under_voltage_since_boot} and {@code throttled}; of
 * its storage {@code storage_wear} and {@code disk_errors}. What it has is found out once, when the
 * provider is made. A megabyte is 1,048,576 bytes.
 *
 * <p>On Linux the files under {@code /proc} and {@code /sys} are read, each once per pass, without
 * starting a process; elsewhere OSHI is asked. CPU use and network rates compare with the pass
 * before, so that the first pass has none. A file that makes no sense fails the read of its source,
 * while a pass leaves it out and gives the others. Thread-safe.
 */
public final class SystemReadings {
  /** The type of the provider. */
  public static final String TYPE = "system";

  private SystemReadings() {}

  /**
   * A provider for the machine that runs this program.
   *
   * @param disk a path on the disk whose space is told
   * @param clock gives readings their time
   * @param nanos a clock that never goes back, {@code System::nanoTime}
   * @throws ReadingException if this is no Linux, and OSHI does not know the machine either
   */
  public static ReadingProvider ofThisMachine(Path disk, InstantSource clock, LongSupplier nanos) {
    Path root = Path.of("/");
    return Files.isReadable(root.resolve("proc/stat"))
        ? ofLinux(root, disk, clock, nanos)
        : ofOshi(disk, clock, nanos);
  }

  static ReadingProvider ofLinux(Path root, Path disk, InstantSource clock, LongSupplier nanos) {
    return provider(LinuxProbes.find(root, nanos), disk, clock);
  }

  static ReadingProvider ofOshi(Path disk, InstantSource clock, LongSupplier nanos) {
    try {
      return provider(OshiProbes.find(nanos), disk, clock);
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new ReadingException(TYPE, "OSHI does not work here: " + e, false, e);
    }
  }

  private static ReadingProvider provider(List<Probe> found, Path disk, InstantSource clock) {
    List<Probe> probes = new ArrayList<>(found);
    DiskSpace.of(disk).ifPresent(probes::add);
    return new MachineReadings(probes, clock);
  }
}
