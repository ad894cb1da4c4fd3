package io.smollama.memory;

import io.smollama.core.Reading;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts readings of one source into its chunks. Readings that come after all others extend the last
 * chunk while it is small, else begin a new one; late readings go into the chunk in whose time they
 * fall. So the chunks of a source never overlap. A chunk that cannot be read is set aside when
 * readings of its time come.
 */
final class ChunkSealer {
  /** A chunk with fewer is extended; one with twice as many is cut. */
  static final int SMALL = 1024;

  private final Connection connection;
  private final SourceTable.Row source;
  private final Consumer<ChunkTable.Span> damaged;

  private ChunkSealer(
      Connection connection, SourceTable.Row source, Consumer<ChunkTable.Span> damaged) {
    this.connection = connection;
    this.source = source;
    this.damaged = damaged;
  }

  /**
   * Seals readings, in the transaction of the caller, and brings the rollups up to date.
   *
   * @param young in order of time, at least one
   * @param damaged is told of each chunk that cannot be read and is left out or set aside
   */
  static LoadReport seal(
      Connection connection,
      SourceTable.Row source,
      List<Reading> young,
      Consumer<ChunkTable.Span> damaged)
      throws SQLException {
    LoadReport report = new ChunkSealer(connection, source, damaged).place(young);
    if (!report.changedNothing()) {
      RollupUpdate.after(connection, source, Samples.of(young), damaged);
    }
    return report;
  }

  private LoadReport place(List<Reading> young) throws SQLException {
    long first = ReadingOrder.millis(young.get(0));
    long last = ReadingOrder.millis(young.get(young.size() - 1));
    List<ChunkTable.Span> spans = ChunkTable.spans(connection, source.id(), first, last);
    if (spans.isEmpty()) {
      write(young);
      return new LoadReport(young.size(), 0, 0);
    }
    LoadReport report = LoadReport.NOTHING;
    int from = 0;
    for (int i = 0; i < spans.size(); i++) {
      int to = i + 1 < spans.size() ? before(young, spans.get(i + 1).first()) : young.size();
      if (to > from) {
        report = report.plus(into(spans.get(i), young.subList(from, to)));
      }
      from = to;
    }
    return report;
  }

  private static int before(List<Reading> young, long time) {
    int count = 0;
    while (count < young.size() && ReadingOrder.millis(young.get(count)) < time) {
      count++;
    }
    return count;
  }

  private LoadReport into(ChunkTable.Span span, List<Reading> young) throws SQLException {
    int from = span.count() < SMALL ? 0 : before(young, span.first());
    int to = span.count() < SMALL ? young.size() : before(young, span.last() + 1);
    LoadReport report = new LoadReport(young.size() - (to - from), 0, 0);
    if (to > from) {
      Optional<Samples> held = ChunkTable.read(connection, span.id());
      if (held.isEmpty()) {
        ChunkTable.setAside(connection, span.id());
        damaged.accept(span);
        return place(young);
      }
      List<Reading> old = held.get().readings(source);
      LoadReport inside = ReadingOrder.compared(old, young.subList(from, to));
      if (!inside.changedNothing()) {
        ChunkTable.delete(connection, span.id());
        write(ReadingOrder.merged(old, young.subList(from, to)));
      }
      report = report.plus(inside);
    }
    write(young.subList(0, from));
    write(young.subList(to, young.size()));
    return report;
  }

  private void write(List<Reading> readings) throws SQLException {
    List<Samples> parts = new ArrayList<>();
    for (Samples run : ReadingOrder.byUnit(readings)) {
      int cuts = Math.max(1, run.count() / SMALL);
      for (int i = 0; i < cuts; i++) {
        parts.add(
            run.slice(
                (int) ((long) run.count() * i / cuts),
                (int) ((long) run.count() * (i + 1) / cuts)));
      }
    }
    for (Samples part : parts) {
      ChunkTable.insert(connection, source.id(), part);
    }
  }
}
