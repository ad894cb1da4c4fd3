package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The write side of the readings history: gathers readings, writes them together, seals them into
 * chunks when they have become many, lets old ones go. Thread-safe.
 */
final class HistoryWriter {
  /** So many staged readings of a source, or of all sources, have all sealed. */
  private static final int SEAL_SOURCE_AT = ChunkSealer.SMALL;

  private static final int SEAL_ALL_AT = 20 * ChunkSealer.SMALL;
  private static final int LOADED_AT_ONCE = 100_000;

  private final Database database;
  private final InstantSource clock;
  private final Duration commitInterval;
  private final Thinning thinning;
  private final SourceTable sources = new SourceTable();
  private final StagedReadings staged = new StagedReadings();
  private final Map<SourceId, Reading> latest = new TreeMap<>();
  private Instant lastCommit;
  private long sealed;
  private int seenVersion;
  private volatile String failure = "";

  HistoryWriter(
      Database database, InstantSource clock, Duration commitInterval, Thinning thinning) {
    this.database = database;
    this.clock = clock;
    this.commitInterval = commitInterval;
    this.thinning = thinning;
    this.lastCommit = clock.instant();
  }

  synchronized void load() {
    seenVersion = database.dataVersion();
    database.read(this::load);
  }

  private @Nullable Void load(Connection connection) throws SQLException {
    sources.load(connection);
    staged.allSealed();
    latest.clear();
    StagedTable.read(connection, sources, staged::written);
    for (SourceTable.Row source : sources.all()) {
      HistoryReader.latest(connection, source).ifPresent(this::noteLatest);
    }
    staged.written().values().forEach(some -> noteLatest(some.lastEntry().getValue()));
    sealed = ChunkTable.count(connection);
    return null;
  }

  /** Where the file is only read, another process may have written to it. */
  private synchronized void refresh() {
    if (database.isReadOnly() && database.dataVersion() != seenVersion) {
      load();
    }
  }

  private void noteLatest(Reading reading) {
    latest.merge(
        reading.source(), reading, (old, young) -> young.time().isBefore(old.time()) ? old : young);
  }

  synchronized void append(Collection<Reading> readings) {
    for (Reading reading : readings) {
      if (thinning.keeps(reading)) {
        staged.await(reading);
      }
      noteLatest(StagedReadings.toMillisecond(reading));
    }
    if (Duration.between(lastCommit, clock.instant()).abs().compareTo(commitInterval) >= 0) {
      flush();
    }
  }

  synchronized void appendNow(Collection<Reading> readings) {
    append(readings);
    flush();
  }

  /** Writes what waits, in one transaction, and seals it if it has become much. */
  synchronized void flush() {
    lastCommit = clock.instant();
    thinning.look();
    if (!staged.nothingWaits()) {
      List<Reading> waiting = staged.waiting();
      write(
          connection -> {
            keepSources(connection, waiting);
            StagedTable.add(connection, sources, waiting);
            return waiting.size();
          });
      staged.allWritten();
    }
    if (staged.largest() >= SEAL_SOURCE_AT || staged.size() >= SEAL_ALL_AT) {
      seal();
    }
  }

  private <T> T write(Database.Work<T> work) {
    try {
      T result = database.write(work);
      failure = "";
      return result;
    } catch (MemoryException e) {
      failure = e.getMessage();
      database.read(sources::load); // forget numbers that were given in the lost transaction
      throw e;
    }
  }

  /** Unit and metadata of a source are those of its newest reading. */
  private void keepSources(Connection connection, Collection<Reading> some) throws SQLException {
    for (SourceId source : some.stream().map(Reading::source).distinct().toList()) {
      sources.keep(connection, latest.get(source));
    }
  }

  /** Seals all that is staged, of all sources, in one transaction. */
  private void seal() {
    if (staged.size() > 0) {
      LoadReport report =
          write(
              connection -> {
                LoadReport all = LoadReport.NOTHING;
                for (Map.Entry<SourceId, NavigableMap<Long, Reading>> some :
                    staged.written().entrySet()) {
                  SourceTable.Row source = sources.find(some.getKey()).orElseThrow();
                  List<Reading> ordered = List.copyOf(some.getValue().values());
                  all = all.plus(ChunkSealer.seal(connection, source, ordered));
                }
                StagedTable.clear(connection);
                return all;
              });
      staged.allSealed();
      sealed += report.added();
    }
  }

  LoadReport load(Iterator<Reading> readings) {
    LoadReport report = LoadReport.NOTHING;
    while (readings.hasNext()) {
      Map<SourceId, List<Reading>> some = new TreeMap<>();
      for (int i = 0; i < LOADED_AT_ONCE && readings.hasNext(); i++) {
        Reading reading = StagedReadings.toMillisecond(readings.next());
        some.computeIfAbsent(reading.source(), source -> new ArrayList<>()).add(reading);
      }
      report = report.plus(load(some));
    }
    return report;
  }

  private synchronized LoadReport load(Map<SourceId, List<Reading>> written) {
    flush();
    seal();
    Map<SourceId, List<Reading>> ordered = new TreeMap<>();
    written.forEach((source, some) -> ordered.put(source, ReadingOrder.sorted(some)));
    ordered.values().forEach(some -> noteLatest(some.get(some.size() - 1)));
    LoadReport report =
        write(
            connection -> {
              LoadReport all = LoadReport.NOTHING;
              for (Map.Entry<SourceId, List<Reading>> some : ordered.entrySet()) {
                SourceTable.Row source = sources.keep(connection, latest.get(some.getKey()));
                LoadReport one = ChunkSealer.seal(connection, source, some.getValue());
                int repeated = written.get(some.getKey()).size() - some.getValue().size();
                all = all.plus(one).plus(new LoadReport(0, 0, repeated));
              }
              return all;
            });
    sealed += report.added();
    return report;
  }

  /** Deletes raw readings from before the instant that is given for each source. */
  synchronized long prune(Function<SourceId, Instant> before, boolean exact) {
    if (exact) {
      flush();
      seal();
    }
    long gone = write(connection -> ChunkRetention.prune(connection, sources.all(), before, exact));
    sealed -= gone;
    return gone;
  }

  synchronized void pruneRollups(Function<RollupLevel, Instant> before) {
    write(connection -> RollupTable.prune(connection, before));
  }

  synchronized NavigableMap<SourceId, Reading> latest() {
    refresh();
    return new TreeMap<>(latest);
  }

  synchronized Optional<Reading> latest(SourceId source) {
    refresh();
    return Optional.ofNullable(latest.get(source));
  }

  /** What is not sealed yet, in order of time. */
  synchronized List<Reading> staged(SourceId source, long from, long to) {
    refresh();
    return staged.of(source, from, to);
  }

  /** The row of a source; the number of one that was never written is 0, which no row has. */
  synchronized Optional<SourceTable.Row> source(SourceId source) {
    Optional<SourceTable.Row> known = sources.find(source);
    return known.isPresent()
        ? known
        : Optional.ofNullable(latest.get(source))
            .map(r -> new SourceTable.Row(0, source, r.unit(), r.metadata()));
  }

  synchronized long count() {
    refresh();
    return sealed + staged.size() + staged.waitingCount();
  }

  long dropped() {
    return staged.dropped() + thinning.dropped();
  }

  String failure() {
    return failure;
  }

  String warning() {
    return thinning.warning();
  }
}
