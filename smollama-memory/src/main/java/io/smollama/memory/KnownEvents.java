package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.JournalEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which events were known at a time, for what was believed then. */
final class KnownEvents {
  private KnownEvents() {}

  /**
   * The events about facts that were known at a time: those that name a time by then or were
   * written by then. One without a time counts from the earliest later time in its chain on, and
   * always if there is none.
   */
  static List<Event> at(Connection connection, Instant time) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT *, min(wall) OVER (PARTITION BY origin ORDER BY seq DESC RANGE BETWEEN"
                    + " UNBOUNDED PRECEDING AND 1 PRECEDING) AS later FROM event WHERE stream = "
                    + ChainId.KNOWLEDGE);
        ResultSet rows = query.executeQuery()) {
      List<Event> found = new ArrayList<>();
      WriterClocks clocks = new WriterClocks(connection);
      while (rows.next()) {
        long later = rows.getLong("later"); // of a forked chain: not what stands beside it
        Instant atLatest = rows.wasNull() ? Instant.MIN : Instant.ofEpochMilli(later);
        JournalEntry entry = EventTable.entry(rows);
        if (entry.type().startsWith("mem.")) {
          Optional<Event> event = Event.of(entry);
          if (event.isPresent()) {
            Event dated = clocks.dated(event.get());
            if (!dated.time().orElse(atLatest).isAfter(time)) {
              found.add(dated);
            }
          }
        }
      }
      return found;
    }
  }

  /** Since when an event counts as known, as {@link #at} has it. */
  static Instant from(Connection connection, Event event) throws SQLException {
    if (event.time().isPresent()) {
      return event.time().get();
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT min(wall) FROM event WHERE origin = ? AND stream = ? AND seq > ?")) {
      query.setString(1, event.origin().hex());
      query.setInt(2, ChainId.KNOWLEDGE);
      query.setLong(3, event.entry().seq());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        long wall = row.getLong(1);
        return row.wasNull() ? Instant.MIN : Instant.ofEpochMilli(wall);
      }
    }
  }
}
