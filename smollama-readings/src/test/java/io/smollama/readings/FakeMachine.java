package io.smollama.readings;

import io.smollama.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** A folder with the files by which Linux tells of a machine. One thread at a time. */
final class FakeMachine {
  final ManualClock clock = new ManualClock();
  final Path root;

  FakeMachine(Path root) {
    this.root = root;
  }

  /** A Raspberry Pi 4 with 4 GB, as Raspberry Pi OS shows it. */
  static FakeMachine raspberryPi4(Path root) {
    return new FakeMachine(root)
        .file("sys/class/thermal/thermal_zone0/type", "cpu-thermal\n")
        .file("sys/class/thermal/thermal_zone0/temp", "45500\n")
        .file("sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "1500000\n")
        .file(
            "proc/cpuinfo",
            "processor\t: 0\nBogoMIPS\t: 108.00\nModel\t: Raspberry Pi 4 Model B Rev 1.4\n")
        .cpu(1000, 9000)
        .file(
            "proc/meminfo",
            "MemTotal:        3884376 kB\nMemFree:         1508036 kB\n"
                + "MemAvailable:    2913282 kB\nBuffers:           79652 kB\n")
        .file("proc/loadavg", "0.52 0.58 0.59 1/213 11206\n")
        .file("proc/uptime", "350735.47 1234567.89\n")
        .network(1_000_000, 200_000);
  }

  FakeMachine file(String name, String text) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FakeMachine remove(String name) {
    try {
      Files.delete(root.resolve(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ticks since boot; a quarter of the idle ones are told as waiting for a disk. */
  FakeMachine cpu(long busy, long idle) {
    long waiting = idle / 4;
    return file(
        "proc/stat",
        "cpu  %d 0 0 %d %d 0 0 0 77 0\ncpu0 1 2 3 4 5 6 7 0 0 0\nintr 9\n"
            .formatted(busy, idle - waiting, waiting));
  }

  /** Bytes of the cable; the loopback has more, and the Wi-Fi is off. */
  FakeMachine network(long received, long sent) {
    return file(
        "proc/net/dev",
        """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo: 99999999 1 0 0 0 0 0 0 99999999 1 0 0 0 0 0 0
          eth0: %d 8289 0 0 0 0 0 0 %d 8289 0 0 0 0 0 0
         wlan0:       0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
        """
            .formatted(received, sent));
  }

  LongSupplier nanos() {
    return Nanos.of(clock);
  }
}
