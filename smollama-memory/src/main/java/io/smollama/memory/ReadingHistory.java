package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The readings of all sources over time, kept so that an SD card lasts. Readings are gathered and
 * written together, in one short row, at the latest when the commit interval has passed and one
 * more arrives, or at {@link #flush}; every thousand or so they are sealed into compressed chunks,
 * from which rollups of five minutes, hours and days are made. Reads see all readings, written or
 * not. Two readings of one source at the same millisecond are one, the later written wins. Times
 * are kept to the millisecond, values to the bit, units with each reading; metadata are those of
 * the newest reading of the source.
 *
 * <p>What was written is there after a crash of the process. After a loss of power the last seconds
 * may be missing; nothing is damaged. While the disk takes nothing, the newest 50,000 readings wait
 * in memory, see {@link #failure} and {@link #dropped}. Failures of the file are {@link
 * MemoryException}s. What of it cannot be read any more is left out, see {@link #damaged}.
 * Thread-safe.
 */
public final class ReadingHistory {
  private static final int LOADED_AT_ONCE = 100_000;
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  /**
   * From so many readings for each point on, a band is made of windows if these are many enough.
   */
  private static final long RAW_PER_POINT = 30;

  private static final SeriesReader.Detail USUAL = new SeriesReader.Detail(20_000, 144);

  private final Database database;
  private final InstantSource clock;
  private final FoundDamage damage = new FoundDamage();
  private final HistoryWriter writer;
  private final WindowReader reads;

  ReadingHistory(Database database, InstantSource clock, Duration commitInterval, FreeSpace space) {
    this.database = database;
    this.clock = clock;
    this.writer = new HistoryWriter(database, clock, commitInterval, new Thinning(space), damage);
    this.reads = new WindowReader(database, writer, damage);
  }

  /** Reads what the file has. */
  void load() {
    writer.load();
  }

  /** Takes readings, in any order; they are seen by all reads at once. */
  public void append(Collection<Reading> readings) {
    writer.append(readings);
  }

  /** Takes readings that must be there if the process dies now, and writes them at once. */
  public void appendNow(Collection<Reading> readings) {
    writer.append(readings);
    writer.flush();
  }

  /** Writes what waits, in one transaction, and seals it if it has become much. */
  public void flush() {
    writer.flush();
  }

  /**
   * Takes many readings, straight into compressed chunks, in transactions of a hundred thousand.
   * Loading the same again changes nothing, so a load that failed can be repeated.
   *
   * @param readings in any order; quickest in order of time
   */
  public LoadReport load(Iterator<Reading> readings) {
    LoadReport report = LoadReport.NOTHING;
    while (readings.hasNext()) {
      Map<SourceId, List<Reading>> some = new HashMap<>();
      for (int i = 0; i < LOADED_AT_ONCE && readings.hasNext(); i++) {
        Reading reading = StagedReadings.toMillisecond(readings.next());
        some.computeIfAbsent(reading.source(), source -> new ArrayList<>()).add(reading);
      }
      report = report.plus(writer.load(new TreeMap<>(some)));
    }
    return report;
  }

  /** The sources that ever had a reading, in order. */
  public List<SourceId> sources() {
    return List.copyOf(writer.latest().keySet());
  }

  /**
   * The newest reading of every source that ever had one, in the order of the sources. One that
   * lies more than a minute ahead stands for its source only if there is no other.
   */
  public List<Reading> latest() {
    return writer.latest().values().stream().map(this::notAhead).toList();
  }

  /** The newest reading of a source, as {@link #latest()}; empty if it never had one. */
  public Optional<Reading> latest(SourceId source) {
    return writer.latest(source).map(this::notAhead);
  }

  /** A reading from the future, from a wrong clock or file, must not hide what is so now. */
  private Reading notAhead(Reading newest) {
    Instant soon = clock.instant().plus(CLOCKS_DIFFER).plusMillis(1);
    return newest.time().isBefore(soon)
        ? newest
        : range(newest.source(), Instant.MIN, soon, 1).stream().findFirst().orElse(newest);
  }

  /**
   * The readings of a source from {@code from} inclusive to {@code to} exclusive, oldest first.
   *
   * @param limit the most to return, the newest are kept; at least 1
   */
  public List<Reading> range(SourceId source, Instant from, Instant to, int limit) {
    return window(source, from, to, limit).readings();
  }

  /**
   * What a source said from {@code from} inclusive to {@code to} exclusive, to be looked at in
   * several ways. Takes 17 bytes of memory for each number.
   */
  public ReadingWindow window(SourceId source, Instant from, Instant to) {
    return window(source, from, to, Integer.MAX_VALUE);
  }

  /** The statistics of a source's numbers in a window; empty if there are none. */
  public Optional<ReadingStatistics> statistics(SourceId source, Instant from, Instant to) {
    return window(source, from, to).statistics();
  }

  /**
   * Where the numbers of a source usually lay from {@code from} inclusive to {@code to} exclusive;
   * empty if there are none. Exact up to 20,000 readings; of more in half a day or longer it is
   * estimated from windows of five minutes, so that a source that speaks often costs no more.
   */
  public Optional<UsualRange> usual(SourceId source, Instant from, Instant to) {
    return UsualRange.of(new SeriesReader(database, this, source).points(from, to, USUAL));
  }

  /**
   * At most so many points that show what a source's numbers did from {@code from} inclusive to
   * {@code to} exclusive, oldest first. Where raw readings were let go, or are too many to look at
   * each, windows of the rollups stand for them; each point says of how long it tells.
   *
   * @param points the most to return, at least 2
   */
  public List<SeriesPoint> downsampled(
      SourceId source, Instant from, Instant to, int points, Downsampling method) {
    if (points < 2) {
      throw new IllegalArgumentException("At least 2 points show a course, not " + points);
    }
    SeriesReader.Detail detail =
        method == Downsampling.MIN_MAX
            ? new SeriesReader.Detail(points * RAW_PER_POINT, points)
            : SeriesReader.Detail.FULL;
    return method.reduce(new SeriesReader(database, this, source).points(from, to, detail), points);
  }

  /** The whole past of a source, looked at in pieces; of one that never spoke it is empty. */
  public SourceHistory of(SourceId source) {
    return new SourceHistory(database, this, source);
  }

  /**
   * Gives all readings of some sources from {@code from} inclusive to {@code to} exclusive, one
   * source after the other, each oldest first, without holding them all.
   */
  public void forEach(
      Predicate<SourceId> which, Instant from, Instant to, Consumer<Reading> taker) {
    for (SourceId source : sources()) {
      if (which.test(source)) {
        new SeriesReader(database, this, source).forEach(from, to, taker);
      }
    }
  }

  /**
   * Deletes readings older than an instant and returns how many. The latest of a source stays, and
   * so do the rollups.
   */
  public int prune(Instant before) {
    return Math.toIntExact(writer.prune(source -> before, true));
  }

  /**
   * Lets go of what the configuration says is too old, and returns how many raw readings went.
   * Chunks and rows of rollups go as a whole, so some readings are kept a little longer. The latest
   * reading of a source stays.
   */
  public long retain(MemoryConfig config) {
    Instant now = clock.instant();
    writer.pruneRollups(level -> now.minus(config.history().of(level)));
    return writer.prune(source -> now.minus(config.rawRetention(source)), false);
  }

  /** Why readings could not be written when last tried; empty if they could. They wait. */
  public String failure() {
    return writer.failure();
  }

  /** That the disk is short of room and what is given up for it; empty if it is not. */
  public String warning() {
    return writer.warning();
  }

  /**
   * The readings that reads came upon since the start, or earlier, and that cannot be read; by
   * source, then by time. All others are there.
   */
  public List<DamagedReadings> damaged() {
    return damage.all();
  }

  /** How many readings were let go since the start because the disk took nothing for too long. */
  public long dropped() {
    return writer.dropped();
  }

  /**
   * How many readings are kept, those that wait to be written included; one that replaces a sealed
   * one counts twice until it is sealed itself.
   */
  public long count() {
    return writer.count();
  }

  ReadingWindow window(SourceId source, Instant from, Instant to, int limit) {
    return reads.window(source, from, to, limit);
  }

  Optional<SourceTable.Row> row(SourceId source) {
    return writer.source(source);
  }
}
