package io.smollama.readings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How worn the storage is, as far as it can tell: eMMC counts what it has used of its life in steps
 * of a tenth (JEDEC JESD84-B51, DEVICE_LIFE_TIME_EST), SD cards tell nothing; but a file system of
 * type ext4 counts the errors that it met, which a dying card shows first.
 */
final class StorageHealth {
  private static final int EXHAUSTED = 11;

  private StorageHealth() {}

  static List<Probe> find(Path root) {
    List<Probe> found = new ArrayList<>();
    KernelFile.first(root.resolve("sys/block"), "mmcblk*/device/life_time")
        .filter(StorageHealth::isTold)
        .ifPresent(file -> found.add(Probe.of(Metric.STORAGE_WEAR, () -> wear(file))));
    List<KernelFile> errors = KernelFile.all(root.resolve("sys/fs/ext4"), "*/errors_count");
    if (!errors.isEmpty()) {
      found.add(Probe.of(Metric.DISK_ERRORS, () -> sum(errors)));
    }
    return found;
  }

  /** A device that counts nothing says 0. */
  private static boolean isTold(KernelFile file) {
    try {
      return wear(file).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /** The worse of its two kinds of cells, in percent: "0x01 0x02" is up to 20. */
  private static OptionalDouble wear(KernelFile file) throws IOException {
    int worst = 0;
    for (String word : file.text().orElse("").split("\\s+")) {
      try {
        worst = Math.max(worst, Integer.decode(word));
      } catch (NumberFormatException e) {
        throw file.nonsense(word);
      }
    }
    return worst < 1 || worst > EXHAUSTED
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.min(100, worst * 10));
  }

  private static OptionalDouble sum(List<KernelFile> files) throws IOException {
    double sum = 0;
    for (KernelFile file : files) {
      sum += file.number().orElse(0);
    }
    return OptionalDouble.of(sum);
  }
}
