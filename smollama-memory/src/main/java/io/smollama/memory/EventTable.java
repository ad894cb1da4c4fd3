package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.EntryId;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;
import io.smollama.core.WriterClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entries that the views are made from. What is in here is never changed and never deleted. */
final class EventTable {
  private EventTable() {}

  /** The highest Lamport timestamp; 0 if there is no event. */
  static long lamport(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT coalesce(max(lamport), 0) FROM event");
        ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** Keeps an entry; one that is kept already stays as it is. */
  static void keep(Connection connection, JournalEntry entry) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO event (origin, stream, seq, id, lamport, wall, type, payload,"
                + " boot, mono, quality) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, entry.chain().origin().hex());
      insert.setInt(2, entry.chain().stream());
      insert.setLong(3, entry.seq());
      insert.setString(4, entry.id().hex());
      insert.setLong(5, entry.lamport());
      if (entry.wall().isPresent()) {
        insert.setLong(6, entry.wall().get().toEpochMilli());
      } else {
        insert.setNull(6, Types.INTEGER);
      }
      insert.setString(7, entry.type());
      insert.setString(8, entry.payload());
      setClock(insert, 9, entry.clock());
      insert.executeUpdate();
    }
  }

  /** What the writer's clocks were like, of an event that was kept before that was known. */
  static void keepClock(Connection connection, JournalEntry entry) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE event SET boot = ?, mono = ?, quality = ? WHERE id = ? AND boot IS NULL")) {
      setClock(update, 1, entry.clock());
      update.setString(4, entry.id().hex());
      update.executeUpdate();
    }
  }

  private static void setClock(PreparedStatement statement, int column, Optional<WriterClock> clock)
      throws SQLException {
    if (clock.isPresent()) {
      statement.setLong(column, clock.get().boot());
      statement.setLong(column + 1, clock.get().mono());
      statement.setInt(column + 2, clock.get().quality().code());
    } else {
      for (int i = 0; i < 3; i++) {
        statement.setNull(column + i, Types.INTEGER);
      }
    }
  }

  /** Notes which observations and facts a kept event concerns, and the key that it bears. */
  static void link(Connection connection, Event event) throws SQLException {
    if (!event.isConfirmation() || !isOneTooMany(connection, event)) {
      linkTargets(connection, event);
    }
    Optional<String> key = event.text("key");
    if (key.isPresent()) {
      linkKey(connection, event, key.get());
    }
  }

  private static void linkTargets(Connection connection, Event event) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO event_target SELECT ?, number FROM event WHERE id = ?")) {
      for (EntryId target : event.concerns()) {
        insert.setString(1, target.hex());
        insert.setString(2, event.id().hex());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void linkKey(Connection connection, Event event, String key) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO event_key SELECT ?, number FROM event WHERE id = ?")) {
      insert.setString(1, key);
      insert.setString(2, event.id().hex());
      insert.executeUpdate();
    }
  }

  /**
   * A confirmation that cannot count any more would only make each later fold of its fact slower.
   */
  private static boolean isOneTooMany(Connection connection, Event event) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT count(*) FROM event_target JOIN event ON event.number = event_target.event"
                + " WHERE target = ? AND type = ? AND origin = ?")) {
      query.setString(1, event.id("memory").orElseThrow().hex());
      query.setString(2, event.type());
      query.setString(3, event.origin().hex());
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getInt(1) >= MemoryFold.MOST_CONFIRMATIONS;
      }
    }
  }

  /** Notes it for all of them. */
  static void linkAll(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT * FROM event WHERE stream = " + ChainId.KNOWLEDGE)) {
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Optional<Event> event = Event.of(entry(rows));
          if (event.isPresent()) {
            link(connection, event.get());
          }
        }
      }
    }
  }

  /** The events that concern an observation or a fact. */
  static List<Event> concerning(Connection connection, EntryId id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT event.* FROM event_target JOIN event ON event.number = event_target.event"
                + " WHERE target = ?")) {
      query.setString(1, id.hex());
      List<Event> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Event.of(entry(rows)).ifPresent(found::add);
        }
      }
      return found;
    }
  }

  /** The next of those that bring something into being, by their numbers. */
  static Map<Long, EntryId> statements(Connection connection, long after, int limit)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT number, id FROM event WHERE number > ? AND type IN ('obs.add', 'obs.summary',"
                + " 'mem.add') ORDER BY number LIMIT ?")) {
      query.setLong(1, after);
      query.setInt(2, limit);
      Map<Long, EntryId> found = new HashMap<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getLong(1), new EntryId(rows.getString(2)));
        }
      }
      return found;
    }
  }

  /** Those of one origin. */
  static List<EntryId> statementsOf(Connection connection, ReplicaId origin) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id FROM event WHERE origin = ? AND stream = ? AND type IN ('obs.add',"
                + " 'obs.summary', 'mem.add') ORDER BY seq, id")) {
      query.setString(1, origin.hex());
      query.setInt(2, ChainId.KNOWLEDGE);
      List<EntryId> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(new EntryId(rows.getString(1)));
        }
      }
      return found;
    }
  }

  static JournalEntry entry(ResultSet row) throws SQLException {
    long wall = row.getLong("wall");
    Optional<Instant> time =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(wall));
    return new JournalEntry(
        new EntryId(row.getString("id")),
        new ChainId(new ReplicaId(row.getString("origin")), row.getInt("stream")),
        row.getLong("seq"),
        row.getLong("lamport"),
        time,
        row.getString("type"),
        row.getString("payload"),
        clock(row));
  }

  private static Optional<WriterClock> clock(ResultSet row) throws SQLException {
    long boot = row.getLong("boot");
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(
            new WriterClock(boot, row.getLong("mono"), ClockQuality.ofCode(row.getInt("quality"))));
  }
}
