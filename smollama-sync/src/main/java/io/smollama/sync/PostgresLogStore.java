package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import io.smollama.core.ReplicaId;
import io.smollama.sync.PostgresChains.Held;
import io.smollama.sync.PostgresWriter.Lock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * A log in a PostgreSQL database that any number of processes share, each through a store of its
 * own: they write under one origin, and no number is issued twice because each commit compares what
 * it was decided on with what is stored. One database may hold the logs of several groups.
 *
 * <p>Nothing is kept in memory, so that a process may end, and the database restart or fail over to
 * a standby, at any moment. While it is away, or when others are in the way for long, a {@link
 * io.smollama.core.JournalException} says that it is worth trying again. Connections come from the
 * data source, one at a time for each call; it decides on pooling and time limits. Thread-safe.
 */
public final class PostgresLogStore implements LogStore {
  private final PostgresDatabase database;
  private final long group;
  private final long boot;
  private final AtomicInteger commits = new AtomicInteger();

  private PostgresLogStore(PostgresDatabase database, long group, long boot) {
    this.database = database;
    this.group = group;
    this.boot = boot;
  }

  /**
   * A store over a database, whose tables are made if they are not there.
   *
   * @param group whose log it is, among those in this database
   * @param first who writes if the group is new; otherwise whoever wrote last goes on
   */
  public static PostgresLogStore open(DataSource source, long group, Self first) {
    PostgresDatabase database = new PostgresDatabase(source);
    PostgresSchema.prepare(database);
    AtomicLong boot = new AtomicLong();
    boolean settled =
        database.writing(
            connection -> {
              PostgresWriter writer = new PostgresWriter(connection, group);
              writer.settle(first);
              boot.set(writer.nextBoot());
              return true;
            });
    if (!settled) {
      throw new JournalException(PostgresDatabase.NAME, "has others in the way; try again", true);
    }
    return new PostgresLogStore(database, group, boot.get());
  }

  /**
   * The replica that all servers over a database are together: opens a store, and begins the log if
   * it is new.
   *
   * @param group whose log it is, among those in this database
   * @param setup what this process brings along; its name is that of the first one
   */
  public static SharedReplica replica(DataSource source, long group, ReplicaSetup setup) {
    PostgresLogStore store = open(source, group, new Self(setup.randomId(), 1, 0));
    store.introduce(setup.nodeName(), setup.stamp(store.boot()));
    return new SharedReplica(
        store, setup.nodeName(), setup::randomId, () -> setup.stamp(store.boot()));
  }

  /**
   * A number that no other store over this log has or had: the boot of what this process writes,
   * since its clock that never steps is not that of the others.
   */
  public long boot() {
    return boot;
  }

  /** Writes the first entry of the origin that writes here, unless it is there. */
  public void introduce(String nodeName, Stamp now) {
    Self self = self();
    ChainState control = chain(new ChainId(self.origin(), ChainId.CONTROL));
    if (control.tips().heads().isEmpty()) {
      Draft genesis =
          Genesis.draft(
              nodeName,
              Optional.empty(),
              self.incarnation(),
              Continuity.Break.FIRST_START,
              Set.of());
      // If this is not taken, another process has just done the same.
      commit(
          Change.of(
              self,
              self.lamport() + 1,
              List.of(Minting.appended(control, List.of(genesis), self.lamport(), now))));
    }
  }

  @Override
  public Self self() {
    return database.reading(connection -> new PostgresWriter(connection, group).self(Lock.NONE));
  }

  @Override
  public SortedMap<ChainId, ChainState> chains(ChainRange range, int limit) {
    requirePositive(limit);
    SortedMap<ChainId, Held> some =
        read("chains", connection -> new PostgresChains(connection, group).range(range, limit));
    TreeMap<ChainId, ChainState> states = new TreeMap<>();
    some.forEach((chain, held) -> states.put(chain, held.state()));
    return states;
  }

  @Override
  public SortedMap<ChainId, ChainState> states(Set<ChainId> chains) {
    TreeMap<ChainId, ChainState> states = new TreeMap<>();
    chains.forEach(chain -> states.put(chain, ChainState.empty(chain)));
    if (!chains.isEmpty()) {
      read("chains", connection -> new PostgresChains(connection, group).named(chains))
          .forEach((chain, held) -> states.put(chain, held.state()));
    }
    return states;
  }

  @Override
  public ChainState chain(ChainId chain) {
    return read("chains", connection -> new PostgresChains(connection, group).one(chain))
        .map(Held::state)
        .orElseGet(() -> ChainState.empty(chain));
  }

  @Override
  public List<Entry> entries(ChainId chain, String label, long after, int limit) {
    requirePositive(limit);
    return read(
        "entries",
        connection -> new PostgresEntries(connection, group).after(chain, label, after, limit));
  }

  @Override
  public boolean commit(Change change) {
    int slot = Math.floorMod(commits.getAndIncrement(), PostgresSchema.CLOCK_SLOTS);
    return database.writing(
        connection -> new PostgresUpdate(connection, group, slot).apply(change));
  }

  /** What was refused for good, the oldest first, as far as it is remembered. */
  public List<Quarantined> quarantine() {
    return read("refused", this::quarantine);
  }

  private List<Quarantined> quarantine(Connection connection) throws SQLException {
    String query =
        "SELECT origin, stream, seq, code FROM smollama_refused WHERE group_id = ? ORDER BY number";
    List<Quarantined> refused = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setLong(1, group);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          ReplicaId origin = new ReplicaId(HexFormat.of().formatHex(row.getBytes(1)));
          refused.add(
              new Quarantined(
                  new ChainId(origin, row.getInt(2)),
                  row.getLong(3),
                  Quarantined.Code.valueOf(row.getString(4))));
        }
      }
    }
    return refused;
  }

  private static void requirePositive(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("A limit is at least 1, was " + limit);
    }
  }

  private <T> T read(String table, PostgresDatabase.Work<T> work) {
    try {
      return database.reading(work);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw PostgresFailure.damaged(table, e);
    }
  }
}
