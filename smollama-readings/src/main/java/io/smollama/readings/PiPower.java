package io.smollama.readings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a Raspberry Pi gets enough power, and runs slower for want of it or for heat. Its
 * firmware tells it as hexadecimal bits: the lowest four say how it is now, those from 16 on
 * whether it ever was since boot (Raspberry Pi documentation, vcgencmd get_throttled). A kernel
 * without that file may have a monitor that knows of the voltage alone.
 */
final class PiPower {
  private static final int UNDER_VOLTAGE = 1;
  private static final int SLOWED = 2 | 4 | 8;

  private PiPower() {}

  static Optional<Probe> find(Path root) {
    return KernelFile.first(root.resolve("sys/devices/platform"), "*/*firmware/get_throttled")
        .<Probe>map(Firmware::new)
        .or(
            () ->
                KernelFile.named(root.resolve("sys/class/hwmon"), "rpi_volt", "in0_lcrit_alarm")
                    .map(file -> Probe.of(Metric.UNDER_VOLTAGE, file::number)));
  }

  /** The bits of the firmware. */
  private record Firmware(KernelFile file) implements Probe {
    @Override
    public Set<Metric> metrics() {
      return Set.of(Metric.UNDER_VOLTAGE, Metric.THROTTLED, Metric.UNDER_VOLTAGE_SINCE_BOOT);
    }

    @Override
    public Map<Metric, Double> measure() throws IOException {
      Optional<String> text = file.text();
      if (text.isEmpty()) {
        return Map.of();
      }
      int bits = bits(text.get());
      return Map.of(
          Metric.UNDER_VOLTAGE, flag(bits & UNDER_VOLTAGE),
          Metric.THROTTLED, flag(bits & SLOWED),
          Metric.UNDER_VOLTAGE_SINCE_BOOT, flag(bits >> 16 & UNDER_VOLTAGE));
    }

    private int bits(String text) throws IOException {
      try {
        return Integer.parseInt(text.replaceFirst("^0x", ""), 16);
      } catch (NumberFormatException e) {
        throw file.nonsense(text);
      }
    }

    private static double flag(int bits) {
      return bits == 0 ? 0 : 1;
    }
  }
}
