package io.smollama.memory;

import io.smollama.core.Reading;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads sealed readings, and puts them together with those that are not sealed yet. */
final class HistoryReader {
  private HistoryReader() {}

  /**
   * Sealed and staged readings of a source in order, in parts of one unit.
   *
   * <p>What is staged is to be looked up first: readings that are sealed in between are then found
   * twice, which merging mends, and never missed.
   *
   * @param staged in order of time; they win over sealed ones of the same millisecond
   * @param limit once so many are found, older ones are left out
   */
  static List<Samples> together(
      List<Samples> sealed, List<Reading> staged, SourceTable.Row source, int limit) {
    if (staged.isEmpty()) {
      return newest(sealed, limit);
    }
    List<Samples> all = new ArrayList<>(sealed);
    if (sealed.isEmpty() || lastTime(sealed) < ReadingOrder.millis(staged.get(0))) {
      all.addAll(ReadingOrder.byUnit(staged));
      return newest(all, limit);
    }
    List<Reading> old = new ArrayList<>();
    sealed.forEach(part -> old.addAll(part.readings(source)));
    return newest(ReadingOrder.byUnit(ReadingOrder.merged(old, staged)), limit);
  }

  private static long lastTime(List<Samples> parts) {
    Samples last = parts.get(parts.size() - 1);
    return last.times()[last.count() - 1];
  }

  private static List<Samples> newest(List<Samples> parts, int limit) {
    int over = parts.stream().mapToInt(Samples::count).sum() - limit;
    if (over <= 0) {
      return parts;
    }
    List<Samples> kept = new ArrayList<>();
    for (Samples part : parts) {
      if (over < part.count()) {
        kept.add(part.slice(Math.max(0, over), part.count()));
      }
      over -= part.count();
    }
    return kept;
  }

  /** The latest sealed reading that can be read. */
  static Optional<Reading> latest(Connection connection, SourceTable.Row source, FoundDamage damage)
      throws SQLException {
    return last(sealed(connection, source, Long.MIN_VALUE, Long.MAX_VALUE, 1, damage), source);
  }

  /** The newest of the parts that one reading was asked of. */
  static Optional<Reading> last(List<Samples> parts, SourceTable.Row source) {
    return parts.stream().findFirst().map(part -> part.reading(part.count() - 1, source));
  }

  /** Sealed readings that can be read, as {@link ChunkTable#between}. */
  static List<Samples> sealed(
      Connection connection,
      SourceTable.Row source,
      long from,
      long to,
      int limit,
      FoundDamage damage)
      throws SQLException {
    return ChunkTable.between(connection, source.id(), from, to, limit, damage.of(source.source()));
  }
}
