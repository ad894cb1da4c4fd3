package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads long courses of one source: piece by piece, or from rollups where raw is no more. */
final class SeriesReader {
  private final Database database;
  private final ReadingHistory history;
  private final SourceId source;

  SeriesReader(Database database, ReadingHistory history, SourceId source) {
    this.database = database;
    this.history = history;
    this.source = source;
  }

  /**
   * When windows of five minutes stand for raw numbers.
   *
   * @param mostRaw there are more raw ones than this
   * @param fewestWindows and at least so many windows
   */
  record Detail(long mostRaw, int fewestWindows) {
    /** More than this are not looked at, however few their windows are. */
    private static final long MOST_RAW = 250_000;

    static final Detail FULL = new Detail(MOST_RAW, 0);

    boolean isEnough(long raw, int windows) {
      return raw > MOST_RAW || (raw > mostRaw && windows >= fewestWindows);
    }
  }

  /** The numbers of a time span, raw as far back as there are raw ones, before that rolled up. */
  List<SeriesPoint> points(Instant from, Instant to, Detail detail) {
    int id = history.row(source).map(SourceTable.Row::id).orElse(0);
    long start = ReadingOrder.millis(from);
    long end = ReadingOrder.millis(to);
    long raw = database.read(c -> ChunkTable.count(c, id, start, end));
    boolean rolledUp = false;
    Instant rawFrom = from;
    boolean whole = isSummedUp(from, to);
    if (raw > detail.mostRaw() || whole) {
      NavigableMap<Long, Rollup> rolled = windows(id, RollupLevel.FIVE_MINUTES, start, end);
      if (!rolled.isEmpty() && (detail.isEnough(raw, rolled.size()) || whole)) {
        // the last window may lack what is not sealed yet, or tell of more than was asked for
        long last = rolled.lastKey() + (whole ? RollupLevel.FIVE_MINUTES.millis() : 0);
        rawFrom = Instant.ofEpochMilli(last);
        rolledUp = true;
      }
    }
    List<SeriesPoint> newestFirst = newestFirst(rawFrom, to, rolledUp);
    long known =
        newestFirst.isEmpty() ? end : newestFirst.get(newestFirst.size() - 1).time().toEpochMilli();
    for (RollupLevel level : RollupLevel.values()) {
      known = addOlder(newestFirst, id, level, start, known);
    }
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  /** Whether another node's readings are here in part, and sums of more of them. */
  boolean isSummedUp(Instant from, Instant to) {
    if (!ArrivedReadings.isOfOthers(source)) {
      return false;
    }
    int id = history.row(source).map(SourceTable.Row::id).orElse(0);
    long start = ReadingOrder.millis(from);
    long end = ReadingOrder.millis(to);
    long summed =
        windows(id, RollupLevel.FIVE_MINUTES, start, end).values().stream()
            .mapToLong(Rollup::count)
            .sum();
    return summed > database.read(c -> ChunkTable.count(c, id, start, end));
  }

  /** Raw numbers, or the windows that these will be; parts of a course are to be equally fine. */
  private List<SeriesPoint> newestFirst(Instant from, Instant to, boolean rolledUp) {
    List<SeriesPoint> points = new ArrayList<>();
    if (from.isBefore(to)) {
      Samples samples = history.window(source, from, to).samples();
      int end = samples.count();
      while (end > 0) {
        int begin = end - 1;
        if (rolledUp) {
          begin = beginOfWindow(samples, begin);
          add(points, samples, begin, end);
        } else if (samples.isNumber(begin)) {
          points.add(SeriesPoint.of(samples.times()[begin], samples.numbers()[begin]));
        }
        end = begin;
      }
    }
    return points;
  }

  private static int beginOfWindow(Samples samples, int last) {
    long start = RollupLevel.FIVE_MINUTES.windowStart(samples.times()[last]);
    int begin = last;
    while (begin > 0 && samples.times()[begin - 1] >= start) {
      begin--;
    }
    return begin;
  }

  private static void add(List<SeriesPoint> points, Samples samples, int begin, int end) {
    Rollup window = Rollup.of(samples, begin, end);
    if (window.count() > 0) {
      long start = RollupLevel.FIVE_MINUTES.windowStart(samples.times()[begin]);
      points.add(SeriesPoint.of(start, window, RollupLevel.FIVE_MINUTES.width()));
    }
  }

  /** Adds the windows that end at or before what is known; gives the begin of the oldest. */
  private long addOlder(
      List<SeriesPoint> newestFirst, int id, RollupLevel level, long from, long known) {
    if (known <= from) {
      return known;
    }
    NavigableMap<Long, Rollup> windows = windows(id, level, from, known).descendingMap();
    long oldest = known;
    for (var window : windows.entrySet()) {
      if (window.getKey() + level.millis() <= known) {
        newestFirst.add(SeriesPoint.of(window.getKey(), window.getValue(), level.width()));
        oldest = window.getKey();
      }
    }
    return oldest;
  }

  private NavigableMap<Long, Rollup> windows(int id, RollupLevel level, long from, long to) {
    // a window that begins before the span tells of more than was asked for
    long begun = level.windowStart(from);
    long first = begun < from ? begun + level.millis() : from;
    return first >= to
        ? new TreeMap<>()
        : database.read(c -> RollupTable.windows(c, id, level, first, to));
  }

  /** Gives the readings of a time span in order, a chunk at a time. */
  void forEach(Instant from, Instant to, Consumer<Reading> taker) {
    int id = history.row(source).map(SourceTable.Row::id).orElse(0);
    long end = ReadingOrder.millis(to);
    long at = ReadingOrder.millis(from);
    while (at < end) {
      long after = at;
      OptionalLong next = database.read(c -> ChunkTable.beginAfter(c, id, after + 1));
      long until = Math.min(end, next.orElse(end));
      history
          .range(source, Instant.ofEpochMilli(at), Instant.ofEpochMilli(until), Integer.MAX_VALUE)
          .forEach(taker);
      at = until;
    }
  }
}
