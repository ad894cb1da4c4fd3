package io.smollama.memory;

import io.smollama.core.SourceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Lets go of old chunks. The latest reading of a source is kept however old it is. */
final class ChunkRetention {
  private ChunkRetention() {}

  /**
   * Does {@link #prune(Connection, int, long, boolean)} for each source, before a time of its own.
   */
  static long prune(
      Connection connection,
      Collection<SourceTable.Row> sources,
      Function<SourceId, Instant> before,
      boolean exact)
      throws SQLException {
    long gone = 0;
    for (SourceTable.Row source : sources) {
      long time = ReadingOrder.millis(before.apply(source.source()));
      gone += prune(connection, source.id(), time, exact);
    }
    return gone;
  }

  /**
   * Deletes the chunks of a source that end before a time; of the last chunk, if it does, all but
   * the latest reading.
   *
   * @param exact whether the chunk that the time falls into is written anew without its older part;
   *     else it is kept until all of it is old
   * @return how many readings went
   */
  static long prune(Connection connection, int source, long before, boolean exact)
      throws SQLException {
    long all = ChunkTable.count(connection, source, Long.MIN_VALUE, Long.MAX_VALUE);
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM chunk WHERE source = ?1 AND last_time < ?2 AND first_time <"
                + " (SELECT max(first_time) FROM chunk WHERE source = ?1)")) {
      delete.setInt(1, source);
      delete.setLong(2, before);
      delete.executeUpdate();
    }
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM damaged_chunk WHERE source = ? AND last_time < ?")) {
      delete.setInt(1, source);
      delete.setLong(2, before);
      delete.executeUpdate();
    }
    List<ChunkTable.Span> border = ChunkTable.spans(connection, source, before, before);
    if (!border.isEmpty()) {
      shorten(connection, source, border.get(0), before, exact);
    }
    return all - ChunkTable.count(connection, source, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static void shorten(
      Connection connection, int source, ChunkTable.Span border, long before, boolean exact)
      throws SQLException {
    boolean wholly = border.last() < before;
    if (border.first() >= before || border.count() == 1 || !wholly && !exact) {
      return;
    }
    Optional<Samples> samples = ChunkTable.read(connection, border.id());
    if (samples.isEmpty()) {
      return; // nothing tells which of it is older
    }
    ChunkTable.delete(connection, border.id());
    ChunkTable.insert(
        connection, source, samples.get().between(Math.min(before, border.last()), Long.MAX_VALUE));
  }
}
