package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The readings of all sources over time. Readings are gathered in memory and written together, at
 * the latest when the commit interval has passed and one more arrives, when somebody asks for a
 * range, or at {@link #flush}: an SD card lasts longer so. Two readings of one source at the same
 * millisecond are one, the later wins. Thread-safe.
 */
public final class ReadingHistory {
  /** While the disk takes nothing, the newest readings wait here; older ones are let go. */
  private static final int MOST_STAGED = 50_000;

  private final Database database;
  private final InstantSource clock;
  private final Duration commitInterval;
  private final SourceTable sources = new SourceTable();
  private final Deque<Reading> staged = new ArrayDeque<>();
  private final Map<SourceId, Reading> latest = new TreeMap<>();
  private Instant lastCommit;
  private volatile String failure = "";

  ReadingHistory(Database database, InstantSource clock, Duration commitInterval) {
    this.database = database;
    this.clock = clock;
    this.commitInterval = commitInterval;
    this.lastCommit = clock.instant();
  }

  /** Reads what was latest when the file was closed. */
  void load() {
    database.read(sources::load);
    for (Reading reading : database.read(this::storedLatest)) {
      latest.put(reading.source(), reading);
    }
  }

  /** Takes readings, in any order; they are seen by {@link #latest()} at once. */
  public synchronized void append(Collection<Reading> readings) {
    staged.addAll(readings);
    while (staged.size() > MOST_STAGED) {
      staged.removeFirst();
    }
    for (Reading reading : readings) {
      latest.merge(
          reading.source(),
          reading,
          (old, young) -> young.time().isBefore(old.time()) ? old : young);
    }
    Instant now = clock.instant();
    if (Duration.between(lastCommit, now).abs().compareTo(commitInterval) >= 0) {
      flush();
    }
  }

  /** Writes what is staged, in one transaction. */
  public synchronized void flush() {
    lastCommit = clock.instant();
    if (staged.isEmpty()) {
      return;
    }
    try {
      database.write(this::insertStaged);
      staged.clear();
      failure = "";
    } catch (MemoryException e) {
      failure = e.getMessage();
      database.read(sources::load); // forget numbers that were given in the lost transaction
      throw e;
    }
  }

  /** The newest reading of every source that ever had one, in the order of the sources. */
  public synchronized List<Reading> latest() {
    return List.copyOf(latest.values());
  }

  /** The newest reading of a source; empty if it never had one. */
  public synchronized Optional<Reading> latest(SourceId source) {
    return Optional.ofNullable(latest.get(source));
  }

  /**
   * The readings of a source from {@code from} inclusive to {@code to} exclusive, oldest first.
   *
   * @param limit the most to return, the newest are kept; at least 1
   */
  public List<Reading> range(SourceId source, Instant from, Instant to, int limit) {
    flush();
    return database.read(connection -> range(connection, source, from, to, limit));
  }

  /** The statistics of a source's numbers in a window; empty if there are none. */
  public Optional<ReadingStatistics> statistics(SourceId source, Instant from, Instant to) {
    return ReadingStatistics.of(
        range(source, from, to, Integer.MAX_VALUE).stream()
            .map(Reading::value)
            .flatMapToDouble(value -> value.asNumber().stream())
            .filter(number -> !Double.isNaN(number))
            .toArray());
  }

  /** Deletes readings older than an instant and returns how many. The latest of a source stays. */
  public int prune(Instant before) {
    flush();
    return database.write(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "DELETE FROM reading WHERE time < ? AND time <"
                      + " (SELECT max(time) FROM reading r WHERE r.source = reading.source)")) {
            delete.setLong(1, before.toEpochMilli());
            int gone = delete.executeUpdate();
            ReadingCount.add(connection, -gone);
            return gone;
          }
        });
  }

  /** Why readings could not be written when last tried; empty if they could. They wait. */
  public String failure() {
    return failure;
  }

  /** How many readings are kept, those that wait to be written included. */
  public synchronized long count() {
    return staged.size() + database.read(ReadingCount::get);
  }

  private int insertStaged(Connection connection) throws SQLException {
    int added = 0;
    try (PreparedStatement insert =
            connection.prepareStatement("INSERT OR IGNORE INTO reading VALUES (?, ?, ?, ?)");
        PreparedStatement replace =
            connection.prepareStatement("REPLACE INTO reading VALUES (?, ?, ?, ?)")) {
      for (Reading reading : staged) {
        int source = sources.idOf(connection, reading);
        int inserted = put(insert, source, reading);
        added += inserted;
        if (inserted == 0) {
          put(replace, source, reading);
        }
      }
    }
    ReadingCount.add(connection, added);
    return added;
  }

  private static int put(PreparedStatement statement, int source, Reading reading)
      throws SQLException {
    statement.setInt(1, source);
    statement.setLong(2, reading.time().toEpochMilli());
    StoredValue.of(reading.value()).bind(statement, 3);
    return statement.executeUpdate();
  }

  private List<Reading> range(
      Connection connection, SourceId source, Instant from, Instant to, int limit)
      throws SQLException {
    Optional<SourceTable.Row> row = sources.find(source);
    if (row.isEmpty()) {
      return List.of();
    }
    List<Reading> found = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT time, kind, value FROM reading WHERE source = ? AND time >= ? AND time < ?"
                + " ORDER BY time DESC LIMIT ?")) {
      query.setInt(1, row.get().id());
      query.setLong(2, from.toEpochMilli());
      query.setLong(3, to.toEpochMilli());
      query.setInt(4, limit);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(row.get().reading(rows));
        }
      }
    }
    Collections.reverse(found);
    return found;
  }

  private List<Reading> storedLatest(Connection connection) throws SQLException {
    List<Reading> found = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT time, kind, value FROM reading WHERE source = ? ORDER BY time DESC LIMIT 1")) {
      for (SourceTable.Row row : sources.all()) {
        query.setInt(1, row.id());
        try (ResultSet rows = query.executeQuery()) {
          if (rows.next()) {
            found.add(row.reading(rows));
          }
        }
      }
    }
    return found;
  }
}
