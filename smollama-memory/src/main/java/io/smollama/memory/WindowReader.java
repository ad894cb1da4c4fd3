package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what a source said in a time span, sealed and staged alike. Thread-safe. */
final class WindowReader {
  private final Database database;
  private final HistoryWriter writer;
  private final FoundDamage damage;

  WindowReader(Database database, HistoryWriter writer, FoundDamage damage) {
    this.database = database;
    this.writer = writer;
    this.damage = damage;
  }

  /**
   * The readings from {@code from} inclusive to {@code to} exclusive.
   *
   * @param limit the most to return, the newest are kept
   */
  ReadingWindow window(SourceId source, Instant from, Instant to, int limit) {
    Optional<SourceTable.Row> row = writer.source(source);
    if (row.isEmpty()) {
      return ReadingWindow.empty(from, to);
    }
    long start = ReadingOrder.millis(from);
    List<Samples> parts = parts(row.get(), start, ReadingOrder.millis(to), limit);
    return new ReadingWindow(row.get(), parts, from, to, () -> before(row.get(), start));
  }

  private Optional<Reading> before(SourceTable.Row row, long time) {
    return HistoryReader.last(parts(row, Long.MIN_VALUE, time, 1), row);
  }

  /** What is staged is asked for first, see {@link HistoryReader#together}. */
  private List<Samples> parts(SourceTable.Row row, long from, long to, int limit) {
    List<Reading> staged = writer.staged(row.source(), from, to);
    List<Samples> sealed =
        database.read(c -> HistoryReader.sealed(c, row, from, to, limit, damage));
    return HistoryReader.together(sealed, staged, row, limit);
  }
}
