package io.smollama.readings;

import io.smollama.core.Source;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import java.util.Locale;

/** What a machine can tell of itself, in the order in which it is listed. Immutable. */
enum Metric {
  CPU_TEMP("CPU temperature", Units.CELSIUS, 1),
  CPU_FREQ("CPU clock frequency", Units.MEGAHERTZ, 0),
  CPU_PERCENT("CPU use", Units.PERCENT, 1),
  MEM_PERCENT("memory in use", Units.PERCENT, 1),
  MEM_AVAILABLE_MB("memory available", Units.MEGABYTES, 0),
  LOAD_AVG("load average of the last minute", Units.LOAD, 2),
  DISK_PERCENT("disk space used", Units.PERCENT, 1),
  DISK_FREE_MB("disk space free", Units.MEGABYTES, 0),
  UPTIME("time since boot", Units.SECONDS, 0),
  NET_RX("network received", Units.BYTES_PER_SECOND, 0),
  NET_TX("network sent", Units.BYTES_PER_SECOND, 0),
  UNDER_VOLTAGE("power supply too weak", Units.BOOLEAN, 0),
  UNDER_VOLTAGE_SINCE_BOOT("power supply too weak at some time since boot", Units.BOOLEAN, 0),
  THROTTLED("slowed down for heat or power", Units.BOOLEAN, 0),
  STORAGE_WEAR("life of the storage used up", Units.PERCENT, 0),
  DISK_ERRORS("errors of the file system", Units.NONE, 0);

  private final Source source;
  private final double steps;

  Metric(String label, String unit, int decimals) {
    SourceId id = new SourceId(SystemReadings.TYPE, name().toLowerCase(Locale.ROOT));
    this.source = new Source(id, label, unit);
    this.steps = Math.pow(10, decimals);
  }

  Source source() {
    return source;
  }

  /** As many decimals as the measurement is good for. */
  double round(double measured) {
    return Math.round(measured * steps) / steps;
  }
}
