package io.smollama.sync;

import io.smollama.core.Point;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** The log of a server for benchmarks. Thread-safe. */
final class FleetLog implements AutoCloseable {
  private static final String FILE = "journal.sqlite";
  private static final int PAGE = 1_000;

  private final SqliteJournal journal;

  private FleetLog(SqliteJournal journal) {
    this.journal = journal;
  }

  static FleetLog open(Path folder) {
    return new FleetLog(
        SqliteJournal.open(folder.resolve(FILE), ReplicaSetup.ofThisMachine("llama")));
  }

  SharedReplica replica() {
    return journal.replica();
  }

  @Override
  public void close() {
    journal.close();
  }

  /**
   * Reads every entry of some devices, and says what is not as it should be.
   *
   * @param lost acknowledged entries that are not there
   * @param twice entries that are there more than once
   * @param strange entries that the device did not write
   * @param entries how many there are
   */
  record Audit(long lost, long twice, long strange, long entries) {
    Audit plus(Audit other) {
      return new Audit(
          lost + other.lost, twice + other.twice, strange + other.strange, entries + other.entries);
    }
  }

  /** Looks into the log that a server left. */
  static Audit audit(Path folder, List<FleetDevice> devices) throws SQLException {
    try (SqliteLogStore store = SqliteLogStore.open(folder.resolve(FILE))) {
      Audit audit = new Audit(0, 0, 0, 0);
      for (FleetDevice device : devices) {
        for (int stream : FleetDevice.STREAMS) {
          audit = audit.plus(audit(store, device, stream));
        }
      }
      return audit;
    }
  }

  private static Audit audit(LogStore store, FleetDevice device, int stream) {
    Point expected = Point.START;
    long twice = 0;
    long strange = store.chain(device.chain(stream)).isForked() ? 1 : 0;
    long entries = 0;
    List<Entry> page;
    do {
      page = store.entries(device.chain(stream), Branch.TRUNK, expected.seq(), PAGE);
      for (Entry entry : page) {
        twice += entry.header().seq() <= expected.seq() ? 1 : 0;
        Entry written = device.entry(stream, expected);
        strange += written.equals(entry) ? 0 : 1;
        expected = Points.of(written);
      }
      entries += page.size();
    } while (page.size() == PAGE);
    long lost = Math.max(0, device.head(stream).seq() - entries);
    return new Audit(lost, twice, strange, entries);
  }
}
