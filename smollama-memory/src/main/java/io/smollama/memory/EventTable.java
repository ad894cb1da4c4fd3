package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;
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
            "INSERT OR IGNORE INTO event (origin, stream, seq, id, lamport, wall, type, payload)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
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
      insert.executeUpdate();
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

  /**
   * The events about facts that were known at a time: those that name a time by then or were
   * written by then. One without a time counts from the earliest later time in its chain on, and
   * always if there is none.
   */
  static List<Event> knownAt(Connection connection, Instant time) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT *, min(wall) OVER (PARTITION BY origin ORDER BY seq DESC RANGE BETWEEN"
                    + " UNBOUNDED PRECEDING AND 1 PRECEDING) AS later FROM event WHERE stream = "
                    + ChainId.KNOWLEDGE);
        ResultSet rows = query.executeQuery()) {
      List<Event> found = new ArrayList<>();
      while (rows.next()) {
        long later = rows.getLong("later"); // of a forked chain: not what stands beside it
        Instant atLatest = rows.wasNull() ? Instant.MIN : Instant.ofEpochMilli(later);
        JournalEntry entry = entry(rows);
        if (entry.type().startsWith("mem.")) {
          Event.of(entry)
              .filter(event -> !event.time().orElse(atLatest).isAfter(time))
              .ifPresent(found::add);
        }
      }
      return found;
    }
  }

  /** Since when an event counts as known, as {@link #knownAt} has it. */
  static Instant knownFrom(Connection connection, Event event) throws SQLException {
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
        row.getString("payload"));
  }
}
