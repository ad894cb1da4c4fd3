package io.smollama.memory;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rollups of a source up to date after readings of it were sealed. The windows that they
 * touch are made anew from the sealed readings, so late and corrected readings count rightly. Where
 * raw readings of a window were let go already, the new ones are added to what the window had; what
 * another node shares is whole already, and never added up.
 */
final class RollupUpdate {
  private final Connection connection;
  private final int source;
  private final boolean shared;

  private RollupUpdate(Connection connection, int source, boolean shared) {
    this.connection = connection;
    this.source = source;
    this.shared = shared;
  }

  /**
   * Takes windows that another node made, each of all its readings: of two the one of more stays.
   */
  static @Nullable Void received(
      Connection connection, int source, NavigableMap<Long, Rollup> windows) throws SQLException {
    RollupUpdate update = new RollupUpdate(connection, source, true);
    update.apply(RollupLevel.FIVE_MINUTES, windows, new TreeMap<>());
    return null;
  }

  /** To be called once the samples are in their chunks. */
  static void after(
      Connection connection,
      SourceTable.Row from,
      Samples sealed,
      Consumer<ChunkTable.Span> damaged)
      throws SQLException {
    RollupLevel finest = RollupLevel.FIVE_MINUTES;
    int source = from.id();
    RollupUpdate update =
        new RollupUpdate(connection, source, ArrivedReadings.isOfOthers(from.source()));
    NavigableMap<Long, Rollup> added = rolled(sealed, finest);
    TreeSet<Long> touched = new TreeSet<>();
    for (long time : sealed.times()) {
      touched.add(finest.windowStart(time));
    }
    NavigableMap<Long, Rollup> made = new TreeMap<>();
    for (Long at = touched.first(); at != null; ) {
      long row = finest.rowStart(at);
      long last = touched.lower(row + finest.rowMillis());
      List<Samples> raw =
          ChunkTable.between(
              connection, source, at, last + finest.millis(), Integer.MAX_VALUE, damaged);
      NavigableMap<Long, Rollup> all = rolled(Samples.joined(raw), finest);
      for (long start : touched.subSet(at, true, last, true)) {
        made.put(start, all.getOrDefault(start, Rollup.NOTHING));
      }
      at = touched.higher(last);
    }
    update.apply(finest, made, added);
  }

  private static NavigableMap<Long, Rollup> rolled(Samples samples, RollupLevel level) {
    NavigableMap<Long, Rollup> windows = new TreeMap<>();
    for (int from = 0; from < samples.count(); ) {
      long start = level.windowStart(samples.times()[from]);
      int to = from;
      while (to < samples.count() && samples.times()[to] < start + level.millis()) {
        to++;
      }
      windows.put(start, Rollup.of(samples, from, to));
      from = to;
    }
    return windows;
  }

  /**
   * Writes windows and those of the coarser levels that they are part of.
   *
   * @param made the windows as the finer level has them now
   * @param added only what is new in them
   */
  private void apply(
      RollupLevel level, NavigableMap<Long, Rollup> made, NavigableMap<Long, Rollup> added)
      throws SQLException {
    NavigableMap<Long, Rollup> coarserMade = new TreeMap<>();
    NavigableMap<Long, Rollup> coarserAdded = new TreeMap<>();
    for (long at = made.firstKey(); ; ) {
      long row = level.rowStart(at);
      long end = row + level.rowMillis();
      Row held = row(level, row, end);
      NavigableMap<Long, Rollup> windows = held.windows();
      NavigableMap<Long, Rollup> here = made.subMap(row, true, end, false);
      boolean changed = held.damaged();
      for (Long start : here.keySet()) {
        Rollup before = windows.getOrDefault(start, Rollup.NOTHING);
        Rollup more = added.getOrDefault(start, Rollup.NOTHING);
        Rollup fewer = shared ? before : before.then(more);
        Rollup now = here.get(start).count() >= before.count() ? here.get(start) : fewer;
        changed |= !now.equals(before);
        if (now.count() > 0) {
          windows.put(start, now);
        }
      }
      if (changed) {
        RollupTable.put(connection, source, level, row, windows);
        level
            .coarser()
            .ifPresent(
                coarser -> {
                  gather(coarser, here, windows, coarserMade);
                  gather(coarser, here, added, coarserAdded);
                });
      }
      Long next = made.ceilingKey(end);
      if (next == null) {
        break;
      }
      at = next;
    }
    if (!coarserMade.isEmpty()) {
      apply(level.coarser().orElseThrow(), coarserMade, coarserAdded);
    }
  }

  /** The windows of a row of the table. */
  private record Row(NavigableMap<Long, Rollup> windows, boolean damaged) {}

  /** A row; if it is damaged, made anew as far as what it was made from is there. */
  private Row row(RollupLevel level, long row, long end) throws SQLException {
    boolean[] damaged = {false};
    NavigableMap<Long, Rollup> windows =
        RollupTable.windows(connection, source, level, row, end, start -> damaged[0] = true);
    if (!damaged[0]) {
      return new Row(windows, false);
    }
    if (level == RollupLevel.FIVE_MINUTES) {
      List<Samples> raw =
          ChunkTable.between(connection, source, row, end, Integer.MAX_VALUE, chunk -> {});
      return new Row(rolled(Samples.joined(raw), level), true);
    }
    RollupLevel finer = RollupLevel.values()[level.ordinal() - 1];
    NavigableMap<Long, Rollup> from = RollupTable.windows(connection, source, finer, row, end);
    NavigableMap<Long, Rollup> remade = new TreeMap<>();
    gather(level, from, from, remade);
    return new Row(remade, true);
  }

  /** A row of a level begins and ends with windows of the coarser one, so nothing is missing. */
  private static void gather(
      RollupLevel coarser,
      NavigableMap<Long, Rollup> touched,
      NavigableMap<Long, Rollup> from,
      NavigableMap<Long, Rollup> into) {
    for (long start : touched.keySet()) {
      long window = coarser.windowStart(start);
      into.computeIfAbsent(
          window, w -> Rollup.of(from.subMap(w, true, w + coarser.millis(), false).values()));
    }
  }
}
