package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.Journal;
import io.smollama.core.NewEntry;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Puts what this node's sources say into the journal, for other nodes: windows of five minutes, and
 * if wanted each reading. What was once written to the history is shared also after a crash, maybe
 * again, which changes nothing. What was imported is not shared, nor what came from others.
 * Failures of file or journal are exceptions, and the next call goes on. Thread-safe.
 */
public final class ReadingShare {
  private static final int ROWS_AT_ONCE = 200;
  private static final RollupLevel WIDTH = RollupLevel.FIVE_MINUTES;

  /** A reading from farther ahead, by a wrong clock, is not waited for. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  private final Database database;
  private final ReadingHistory history;
  private final Journal journal;
  private final Runnable catchUp;
  private final String node;
  private final InstantSource clock;

  ReadingShare(
      Database database,
      ReadingHistory history,
      Journal journal,
      Runnable catchUp,
      String node,
      InstantSource clock) {
    this.database = database;
    this.history = history;
    this.journal = journal;
    this.catchUp = catchUp;
    this.node = node;
    this.clock = clock;
  }

  /** What is shared of readings. */
  public enum Detail {
    /** Nothing. */
    NONE,
    /** Of every five minutes count, extremes, sum, first and last; numbers and flags only. */
    ROLLUPS,
    /** That, and every reading. */
    ALL
  }

  /** What one call takes: some rows, and the readings in them. */
  private record Taken(long upTo, List<Reading> readings) {}

  /**
   * Shares what was said until the last five minutes that are over. With {@link Detail#NONE}
   * nothing is kept to be shared any more, until something is to be again.
   *
   * @return how many entries were written
   */
  public synchronized int share(Detail detail) {
    database.write(detail == Detail.NONE ? ReadingOutbox::shut : ReadingOutbox::open);
    int entries = 0;
    if (detail != Detail.NONE) {
      history.flush();
      Instant now = clock.instant();
      Optional<Taken> taken = take(now);
      while (taken.isPresent()) {
        entries += write(taken.get().readings(), detail);
        long upTo = taken.get().upTo();
        database.write(connection -> ReadingOutbox.taken(connection, upTo));
        taken = take(now);
      }
    }
    if (entries > 0) {
      catchUp.run();
    }
    return entries;
  }

  /** The rows before the first one that tells of the five minutes that are not over. */
  private Optional<Taken> take(Instant now) {
    List<ReadingOutbox.Row> rows =
        database.read(connection -> ReadingOutbox.waiting(connection, ROWS_AT_ONCE));
    SourceTable known = new SourceTable();
    database.read(known::load);
    Map<Integer, SourceTable.Row> sources =
        known.all().stream().collect(Collectors.toMap(SourceTable.Row::id, row -> row));
    long open = WIDTH.windowStart(now.toEpochMilli());
    long ahead = now.plus(CLOCKS_DIFFER).toEpochMilli();
    List<Reading> readings = new ArrayList<>();
    long upTo = 0;
    for (ReadingOutbox.Row row : rows) {
      List<Reading> said = decode(row, sources);
      if (said.stream().mapToLong(ReadingOrder::millis).anyMatch(t -> t >= open && t < ahead)) {
        break;
      }
      readings.addAll(said);
      upTo = row.id();
    }
    return upTo == 0 ? Optional.empty() : Optional.of(new Taken(upTo, readings));
  }

  private static List<Reading> decode(
      ReadingOutbox.Row row, Map<Integer, SourceTable.Row> sources) {
    try {
      return StagedTable.decode(row.readings(), sources);
    } catch (DamagedBlobException e) {
      return List.of(); // whoever reads the history says so
    }
  }

  private int write(List<Reading> readings, Detail detail) {
    Map<SourceId, List<Reading>> bySource = new TreeMap<>();
    for (Reading reading : readings) {
      if (!ArrivedReadings.isOfOthers(reading.source())) {
        bySource.computeIfAbsent(reading.source(), source -> new ArrayList<>()).add(reading);
      }
    }
    bySource.replaceAll((source, some) -> ReadingOrder.sorted(some));
    List<NewEntry> windows = SharedReadingsForm.windows(node, windows(bySource));
    journal.appendAll(ChainId.ROLLUPS, windows);
    List<NewEntry> batches =
        detail == Detail.ALL ? SharedReadingsForm.batches(node, bySource) : List.of();
    journal.appendAll(ChainId.READINGS, batches);
    return windows.size() + batches.size();
  }

  /** The windows that readings lie in, with all that the history has of them. */
  private Map<SourceId, List<SharedWindow>> windows(Map<SourceId, List<Reading>> bySource) {
    Map<SourceId, List<SharedWindow>> all = new LinkedHashMap<>();
    bySource.forEach(
        (source, readings) -> {
          TreeSet<Long> starts = new TreeSet<>();
          readings.forEach(reading -> starts.add(WIDTH.windowStart(ReadingOrder.millis(reading))));
          List<SharedWindow> windows =
              starts.stream().flatMap(start -> window(source, start).stream()).toList();
          if (!windows.isEmpty()) {
            all.put(source, windows);
          }
        });
    return all;
  }

  private Optional<SharedWindow> window(SourceId source, long start) {
    Instant from = Instant.ofEpochMilli(start);
    ReadingWindow window = history.window(source, from, from.plus(WIDTH.width()));
    Samples samples = window.samples();
    Rollup sums = Rollup.of(samples, 0, samples.count());
    if (sums.count() == 0) {
      return Optional.empty();
    }
    int last = samples.count() - 1;
    while (!samples.isNumber(last)) {
      last--;
    }
    return Optional.of(new SharedWindow(start, sums, window.readings().get(last)));
  }
}
