package io.smollama.readings;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How full the disk of a path is, as {@code df} counts it: space that only the system may use is
 * neither free nor used. One thread at a time.
 */
final class DiskSpace implements Probe {
  private static final Logger log = LoggerFactory.getLogger(DiskSpace.class);
  private static final double MEGABYTE = 1024 * 1024;

  private final FileStore store;

  DiskSpace(FileStore store) {
    this.store = store;
  }

  /** The disk of a path; empty if there is none. */
  static Optional<Probe> of(Path path) {
    try {
      return Optional.of(new DiskSpace(Files.getFileStore(path)));
    } catch (IOException e) {
      log.warn("No readings of disk space: {}", e.toString());
      return Optional.empty();
    }
  }

  @Override
  public Set<Metric> metrics() {
    return Set.of(Metric.DISK_PERCENT, Metric.DISK_FREE_MB);
  }

  @Override
  public Map<Metric, Double> measure() throws IOException {
    double used = (double) store.getTotalSpace() - store.getUnallocatedSpace();
    double free = store.getUsableSpace();
    if (!(used + free > 0)) {
      return Map.of();
    }
    return Map.of(
        Metric.DISK_PERCENT, 100 * used / (used + free),
        Metric.DISK_FREE_MB, free / MEGABYTE);
  }
}
