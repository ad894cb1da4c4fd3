package io.smollama.sync;

import com.zaxxer.hikari.HikariDataSource;
import io.smollama.core.Point;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** The log of a server for benchmarks, in SQLite or PostgreSQL. Thread-safe. */
record FleetLog(SharedReplica replica, Runnable end) implements AutoCloseable {
  private static final String FILE = "journal.sqlite";
  private static final int PAGE = 1_000;
  private static final int CONNECTIONS = 16;
  private static final long GROUP = 1;

  /**
   * Opens a log as a server does.
   *
   * @param database the JDBC address of a PostgreSQL; empty for a SQLite file
   */
  static FleetLog open(Path folder, String database) {
    ReplicaSetup setup = ReplicaSetup.ofThisMachine("llama");
    if (database.isEmpty()) {
      SqliteJournal journal = SqliteJournal.open(folder.resolve(FILE), setup);
      return new FleetLog(journal.replica(), journal::close);
    }
    HikariDataSource connections = connections(database);
    PostgresLogStore store = postgres(connections, setup);
    SharedReplica replica =
        new SharedReplica(store, "llama", setup::randomId, () -> setup.stamp(store.boot()));
    return new FleetLog(replica, connections::close);
  }

  private static HikariDataSource connections(String database) {
    HikariDataSource connections = new HikariDataSource();
    connections.setJdbcUrl(database);
    connections.setMaximumPoolSize(CONNECTIONS);
    return connections;
  }

  private static PostgresLogStore postgres(HikariDataSource connections, ReplicaSetup setup) {
    return PostgresLogStore.open(connections, GROUP, new Self(setup.randomId(), 1, 0));
  }

  @Override
  public void close() {
    end.run();
  }

  /**
   * What reading every entry of some devices has shown.
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
  static Audit audit(Path folder, String database, List<FleetDevice> devices) throws SQLException {
    if (database.isEmpty()) {
      try (SqliteLogStore store = SqliteLogStore.open(folder.resolve(FILE))) {
        return audit(store, devices);
      }
    }
    try (HikariDataSource connections = connections(database)) {
      return audit(postgres(connections, ReplicaSetup.ofThisMachine("llama")), devices);
    }
  }

  private static Audit audit(LogStore store, List<FleetDevice> devices) {
    Audit audit = new Audit(0, 0, 0, 0);
    for (FleetDevice device : devices) {
      for (int stream : FleetDevice.STREAMS) {
        audit = audit.plus(audit(store, device, stream));
      }
    }
    return audit;
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
