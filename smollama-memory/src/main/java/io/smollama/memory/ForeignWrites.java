package io.smollama.memory;

import io.smollama.core.EntryId;
import io.smollama.core.JournalEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What another process changed of the observations and facts of a file that is only read here. New
 * ones are told one by one; after anything else, a correction for example, all must be read again.
 * One thread at a time.
 */
final class ForeignWrites {
  /** With more it is quicker to read all again. */
  private static final int MOST = 1_000;

  private final Database database;
  private int version;
  private Point known = new Point(0, 0);

  ForeignWrites(Database database) {
    this.database = database;
  }

  /** How far the file is: the number of its last event and how many texts were replaced. */
  private record Point(long event, long edits) {}

  /** Remembers how far the file is; what is read of it after this may be newer, never older. */
  void mark() {
    if (database.isReadOnly()) {
      version = database.dataVersion();
      known = database.read(ForeignWrites::point);
    }
  }

  /** The numbers of items that are new since the last call; empty if all must be read again. */
  Optional<Set<Long>> added() {
    if (!database.isReadOnly() || database.dataVersion() == version) {
      return Optional.of(Set.of());
    }
    Point before = known;
    mark();
    return known.edits() == before.edits()
        ? database.read(connection -> added(connection, before.event()))
        : Optional.empty();
  }

  private static Point point(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT coalesce(max(number), 0) FROM event");
        ResultSet row = query.executeQuery()) {
      row.next();
      return new Point(row.getLong(1), ItemText.edits(connection));
    }
  }

  private static Optional<Set<Long>> added(Connection connection, long after) throws SQLException {
    Set<Long> items = new TreeSet<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT * FROM event WHERE number > ? ORDER BY number LIMIT ?")) {
      query.setLong(1, after);
      query.setInt(2, MOST + 1);
      try (ResultSet rows = query.executeQuery()) {
        for (int count = 1; rows.next(); count++) {
          JournalEntry entry = EventTable.entry(rows);
          Optional<Event> event = Event.of(entry);
          if (count > MOST
              || NodeNames.isGenesis(entry) // may name what has no name yet
              || WriterClocks.isMark(entry) // may date what is here
              || event.isPresent() && !standsAlone(connection, event.get(), after)) {
            return Optional.empty();
          }
          if (event.isPresent()) {
            item(connection, event.get().id()).ifPresent(items::add);
          }
        }
      }
    }
    return Optional.of(items);
  }

  /** Whether no row but that of its own can be another by it. */
  private static boolean standsAlone(Connection connection, Event event, long after)
      throws SQLException {
    if (!event.states()
        || event.type().equals(Payloads.OBS_SUMMARY)
        || !event.concerns().equals(Set.of(event.id()))) {
      return false;
    }
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM event_target WHERE target = ? AND event <= ?")) {
      query.setString(1, event.id().hex());
      query.setLong(2, after);
      try (ResultSet earlier = query.executeQuery()) {
        return !earlier.next(); // what corrects or merges it may have arrived before it
      }
    }
  }

  private static Optional<Long> item(Connection connection, EntryId entry) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT id FROM item WHERE entry = ?")) {
      query.setString(1, entry.hex());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    }
  }
}
