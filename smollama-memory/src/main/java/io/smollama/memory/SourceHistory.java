package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The whole past of one source, however long: it is looked at in pieces, so that a year takes no
 * more memory than a day. Spans begin inclusive and end exclusive; numbers are in the unit of the
 * readings. Where readings were let go, the windows of the rollups answer for the numbers; texts of
 * then are gone. Thread-safe.
 */
public final class SourceHistory {
  /** So many numbers are sorted at once; percentiles of more are estimated. */
  private static final long MOST_EXACT = 250_000;

  /** Of more readings than this whole windows are taken, where they say the same. */
  private static final SeriesReader.Detail WINDOWS = new SeriesReader.Detail(20_000, 0);

  /** So many values are told apart; a source with more of them has no states. */
  private static final int MOST_STATES = 1_000;

  /** Chunks that are looked at together. */
  private static final int CHUNKS_IN_PIECE = 8;

  /** Long before any reading, and a time that can be computed with. */
  private static final Instant LONG_AGO = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LONG_AHEAD = Instant.parse("9999-01-01T00:00:00Z");

  private final Database database;
  private final ReadingHistory history;
  private final SourceId source;

  SourceHistory(Database database, ReadingHistory history, SourceId source) {
    this.database = database;
    this.history = history;
    this.source = source;
  }

  /** The oldest reading that is kept; before it only windows tell of numbers. */
  public Optional<Instant> keptFrom() {
    OptionalLong sealed = chunkFrom(Long.MIN_VALUE);
    Instant before = sealed.isPresent() ? Instant.ofEpochMilli(sealed.getAsLong()) : LONG_AHEAD;
    return history.window(source, LONG_AGO, before).readings().stream()
        .findFirst()
        .map(Reading::time)
        .or(() -> sealed.isPresent() ? Optional.of(before) : Optional.empty());
  }

  private OptionalLong chunkFrom(long time) {
    return database.read(c -> ChunkTable.beginAfter(c, id(), time));
  }

  private int id() {
    return history.row(source).map(SourceTable.Row::id).orElse(0);
  }

  /** About how many readings of a span are kept; a chunk at its edge counts as a whole. */
  public long about(Instant from, Instant to) {
    return database.read(
        c -> ChunkTable.count(c, id(), ReadingOrder.millis(from), ReadingOrder.millis(to)));
  }

  /** Whether anything is known to have been said before a time. */
  public boolean spokeBefore(Instant time) {
    if (keptFrom().filter(kept -> kept.isBefore(time)).isPresent()) {
      return true;
    }
    return !windowsUntil(LONG_AGO, time, SeriesReader.Detail.FULL).isEmpty();
  }

  /** Whether windows answer for a part of a span, because its readings are gone. */
  public boolean isPartlyGone(Instant from, Instant to) {
    return !gone(from, to).isEmpty();
  }

  private List<SeriesPoint> windowsUntil(Instant from, Instant to, SeriesReader.Detail detail) {
    return from.isBefore(to) ? reader().points(from, to, detail) : List.of();
  }

  private SeriesReader reader() {
    return new SeriesReader(database, history, source);
  }

  /** What windows tell of the time whose readings are gone. */
  private List<SeriesPoint> gone(Instant from, Instant to) {
    Instant kept = keptFrom().orElse(to);
    return windowsUntil(from, kept.isBefore(to) ? kept : to, WINDOWS);
  }

  /**
   * The numbers between each two of these instants as one point: their mean, smallest and largest;
   * none where there is no number. What only a window longer than a step tells counts where that
   * window begins, and {@link SeriesPoint#resolution} says how long it is, else how long the step.
   *
   * @param edges in order, at least 2
   */
  public List<SeriesPoint> stepped(List<Instant> edges) {
    return CourseSteps.of(reader(), edges);
  }

  /** Count, extremes, mean and percentiles of the numbers; empty if there are none. */
  public Optional<CourseSummary> summary(Instant from, Instant to) {
    List<SeriesPoint> gone = gone(from, to);
    boolean each = !reader().isSummedUp(from, to);
    if (each && gone.isEmpty() && about(from, to) <= MOST_EXACT) {
      return CourseSummary.of(history.window(source, from, to));
    }
    return CourseSummary.of(windowsUntil(from, to, WINDOWS));
  }

  /**
   * The first reading that is kept and on the other side of a level than the one before; empty if
   * none is.
   */
  public Optional<Reading> firstCrossing(
      Instant from, Instant to, double level, Crossing direction) {
    List<Reading> found = new ArrayList<>();
    pieces(
        from,
        to,
        piece -> {
          piece.firstCrossing(level, direction).ifPresent(found::add);
          return found.isEmpty();
        });
    return found.stream().findFirst();
  }

  /** The first number that is kept; empty if none is. */
  public OptionalDouble firstNumber(Instant from, Instant to) {
    double[] first = {Double.NaN};
    pieces(
        from,
        to,
        piece -> {
          Samples samples = piece.samples();
          for (int i = 0; i < samples.count() && Double.isNaN(first[0]); i++) {
            first[0] = samples.isNumber(i) ? samples.numbers()[i] : Double.NaN;
          }
          return Double.isNaN(first[0]);
        });
    return Double.isNaN(first[0]) ? OptionalDouble.empty() : OptionalDouble.of(first[0]);
  }

  /**
   * How long each value of the kept readings lasted, longest first, as {@link
   * ReadingWindow#timeInState}; empty if there are more than a thousand values.
   */
  public Map<ReadingValue, Duration> timeInState(Instant from, Instant to) {
    Map<ReadingValue, Duration> times = new HashMap<>();
    pieces(
        from,
        to,
        piece -> {
          piece.timeInState().forEach((value, time) -> times.merge(value, time, Duration::plus));
          return times.size() <= MOST_STATES;
        });
    return times.size() > MOST_STATES ? Map.of() : ReadingWindow.longestFirst(times);
  }

  /**
   * The kept readings that say something else than the one before, oldest first; the first one of
   * the span too.
   *
   * @param most only so many, the newest
   */
  public List<Reading> changes(Instant from, Instant to, int most) {
    Deque<Reading> changes = new ArrayDeque<>();
    Reading[] last = {null};
    reader()
        .forEach(
            from,
            to,
            reading -> {
              if (last[0] == null || !last[0].value().equals(reading.value())) {
                changes.add(reading);
                if (changes.size() > most) {
                  changes.remove();
                }
              }
              last[0] = reading;
            });
    return List.copyOf(changes);
  }

  /**
   * Where nothing was said for longer than this, oldest first. The time before the source spoke
   * first is none; the time until the end of the span is. Where readings are gone, the ends of a
   * gap are known to the length of a window.
   *
   * @param most only so many, the newest
   */
  public SilentTimes gaps(Instant from, Instant to, Duration longerThan, int most) {
    SilentTimes.Counting gaps =
        new SilentTimes.Counting(longerThan, most, spokeBefore(from) ? from : null);
    gone(from, to).forEach(window -> gaps.spoke(window.time(), window.resolution()));
    pieces(
        from,
        to,
        piece -> {
          for (long time : piece.samples().times()) {
            gaps.spoke(Instant.ofEpochMilli(time), Duration.ZERO);
          }
          return true;
        });
    return gaps.until(to);
  }

  /** Looks at kept readings, some thousand at a time, oldest first, until somebody has enough. */
  private void pieces(Instant from, Instant to, Predicate<ReadingWindow> goesOn) {
    Instant kept = keptFrom().orElse(to);
    // what was said before the span still holds at its begin
    Instant at = kept.isBefore(from) ? from : kept;
    while (at.isBefore(to)) {
      Instant end = endOfPiece(at, to);
      if (!goesOn.test(history.window(source, at, end))) {
        return;
      }
      at = end;
    }
  }

  private Instant endOfPiece(Instant from, Instant to) {
    long end = ReadingOrder.millis(to);
    long at = ReadingOrder.millis(from);
    for (int i = 0; i < CHUNKS_IN_PIECE; i++) {
      OptionalLong next = chunkFrom(at + 1);
      if (next.isEmpty() || next.getAsLong() >= end) {
        return to;
      }
      at = next.getAsLong();
    }
    return Instant.ofEpochMilli(at);
  }
}
