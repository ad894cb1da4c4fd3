package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
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

  private final Database database;
  private final InstantSource clock;
  private final Duration commitInterval;
  private final Thinning thinning;
  private final FoundDamage damage;
  private final SourceTable sources = new SourceTable();
  private final StagedReadings staged = new StagedReadings();
  private final Map<SourceId, Reading> latest = new TreeMap<>();
  private Instant lastCommit;
  private long sealed;
  private int seenVersion;
  private volatile String failure = "";

  HistoryWriter(
      Database database,
      InstantSource clock,
      Duration commitInterval,
      Thinning thinning,
      FoundDamage damage) {
    this.database = database;
    this.clock = clock;
    this.commitInterval = commitInterval;
    this.thinning = thinning;
    this.damage = damage;
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
      HistoryReader.latest(connection, source, damage).ifPresent(this::noteLatest);
    }
    staged.written().values().forEach(some -> noteLatest(some.lastEntry().getValue()));
    sealed = ChunkTable.count(connection);
    aside(connection);
    return null;
  }

  private void aside(Connection connection) throws SQLException {
    Map<Integer, List<ChunkTable.Span>> aside = ChunkTable.aside(connection);
    for (SourceTable.Row source : sources.all()) {
      aside.getOrDefault(source.id(), List.of()).forEach(damage.of(source.source()));
    }
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
      Map<SourceId, List<Reading>> all = new TreeMap<>();
      staged.written().forEach((source, some) -> all.put(source, List.copyOf(some.values())));
      seal(all, true);
      staged.allSealed();
    }
  }

  private LoadReport seal(Map<SourceId, List<Reading>> ordered, boolean allStaged) {
    LoadReport report =
        write(
            connection -> {
              LoadReport all = LoadReport.NOTHING;
              for (Map.Entry<SourceId, List<Reading>> some : ordered.entrySet()) {
                SourceTable.Row source = sources.keep(connection, latest.get(some.getKey()));
                all =
                    all.plus(
                        ChunkSealer.seal(
                            connection, source, some.getValue(), damage.of(source.source())));
              }
              if (allStaged) {
                StagedTable.clear(connection);
              }
              return all;
            });
    sealed = database.read(ChunkTable::count); // a damaged chunk may have been set aside
    return report;
  }

  /** Seals readings as they were given, by source, after all that is staged. */
  synchronized LoadReport load(Map<SourceId, List<Reading>> written) {
    flush();
    seal();
    Map<SourceId, List<Reading>> ordered = new TreeMap<>();
    LoadReport repeated = LoadReport.NOTHING;
    for (Map.Entry<SourceId, List<Reading>> some : written.entrySet()) {
      List<Reading> single = ReadingOrder.sorted(some.getValue());
      repeated = repeated.plus(ReadingOrder.repeated(some.getValue(), single.size()));
      ordered.put(some.getKey(), single);
      noteLatest(single.get(single.size() - 1));
    }
    return seal(ordered, false).plus(repeated);
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

  /** Deletes windows from before the instant that is given for each level. */
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
