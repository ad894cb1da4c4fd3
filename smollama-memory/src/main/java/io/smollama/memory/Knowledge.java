package io.smollama.memory;

import io.smollama.core.EntryId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads observations and facts. */
final class Knowledge {
  static final String SELECT = "SELECT item.* FROM item ";

  private static final String NEWEST_FIRST = " ORDER BY lamport DESC, origin DESC, entry DESC";

  /** By the time that is shown; of one time, and without one, by arrival. */
  private static final String LAST_SAID_FIRST =
      " ORDER BY time IS NULL, time DESC, lamport DESC, origin DESC, entry DESC";

  private Knowledge() {}

  static List<Observation> observations(
      Connection connection, Optional<ObservationType> type, Instant since, int limit)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            SELECT
                + "WHERE kind = 0 AND shown AND (? = '' OR type = ?) AND coalesce(time, ?) >= ?"
                + NEWEST_FIRST
                + " LIMIT ?")) {
      String word = type.map(ObservationType::word).orElse("");
      query.setString(1, word);
      query.setString(2, word);
      query.setLong(3, Long.MAX_VALUE);
      query.setLong(4, since.toEpochMilli());
      query.setInt(5, limit);
      List<Observation> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(ItemTable.read(rows).observation());
        }
      }
      return found;
    }
  }

  static List<Memory> memories(Connection connection, MemoryFilter filter) throws SQLException {
    if (filter.believedAt().isPresent()) {
      return believed(connection, filter);
    }
    List<Memory> found = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement(SELECT + "WHERE kind = 1" + LAST_SAID_FIRST);
        ResultSet rows = query.executeQuery()) {
      while (found.size() < filter.limit() && rows.next()) {
        Memory memory = ItemTable.read(rows).memory();
        if (filter.accepts(memory)) {
          found.add(memory);
        }
      }
    }
    return found;
  }

  /** Folds what was known then, as if nothing had come after. */
  private static List<Memory> believed(Connection connection, MemoryFilter filter)
      throws SQLException {
    List<Event> known = KnownEvents.at(connection, filter.believedAt().orElseThrow());
    List<ItemState> states = new ArrayList<>();
    for (MemoryFold.Fact fact : MemoryFold.all(known)) {
      states.add(NodeNames.named(connection, fact.state()));
    }
    return states.stream()
        .sorted(
            Comparator.comparing((ItemState item) -> item.time().orElse(Instant.MIN))
                .thenComparingLong(ItemState::lamport)
                .thenComparing(ItemState::origin)
                .thenComparing(ItemState::entry)
                .reversed())
        .map(ItemState::memory)
        .filter(filter::accepts)
        .limit(filter.limit())
        .toList();
  }

  /** A fact by its id, or by that of a fact that was merged into it. */
  static Optional<Memory> memory(Connection connection, EntryId id) throws SQLException {
    return item(
            connection,
            KnowledgeKind.MEMORY,
            "entry = coalesce((SELECT canonical FROM merged WHERE entry = ?1), ?1)",
            id.hex())
        .map(ItemState::memory);
  }

  static Memory requireMemory(Connection connection, EntryId id) throws SQLException {
    return memory(connection, id)
        .orElseThrow(() -> new IllegalArgumentException("There is no fact " + id));
  }

  static Optional<Memory> memory(Connection connection, long item) throws SQLException {
    return item(connection, KnowledgeKind.MEMORY, "id = CAST(?1 AS INTEGER)", Long.toString(item))
        .map(ItemState::memory);
  }

  static Optional<Observation> observation(Connection connection, EntryId id) throws SQLException {
    return item(connection, KnowledgeKind.OBSERVATION, "entry = ?1", id.hex())
        .map(ItemState::observation);
  }

  /** By the first digits of its id. */
  static Optional<Observation> observation(Connection connection, String id) throws SQLException {
    Optional<EntryId> found = IdPrefix.find(connection, KnowledgeKind.OBSERVATION, id);
    return found.isPresent() ? observation(connection, found.get()) : Optional.empty();
  }

  /** By the first digits of its id. */
  static Optional<Memory> memory(Connection connection, String id) throws SQLException {
    Optional<EntryId> found = IdPrefix.find(connection, KnowledgeKind.MEMORY, id);
    return found.isPresent() ? memory(connection, found.get()) : Optional.empty();
  }

  private static Optional<ItemState> item(
      Connection connection, KnowledgeKind kind, String condition, String value)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            SELECT + "WHERE kind = " + kind.ordinal() + " AND " + condition)) {
      query.setString(1, value);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(ItemTable.read(rows)) : Optional.empty();
      }
    }
  }

  /** The facts, inactive ones too, that say the same as a statement or another value of it. */
  static List<Memory> ofTheFrame(Connection connection, String statement) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT * FROM item WHERE frame = ? ORDER BY lamport, id")) {
      query.setString(1, FactWords.frame(statement));
      try (ResultSet rows = query.executeQuery()) {
        List<Memory> found = new ArrayList<>();
        while (rows.next()) {
          found.add(ItemTable.read(rows).memory());
        }
        return found;
      }
    }
  }

  /** How many rows there are. */
  record Counts(long observations, long hidden, long memories, long inactive) {}

  static Counts counts(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT coalesce(sum(kind = 0), 0), coalesce(sum(kind = 0 AND NOT shown), 0),"
                    + " coalesce(sum(kind = 1), 0), coalesce(sum(kind = 1 AND NOT shown), 0)"
                    + " FROM item");
        ResultSet row = query.executeQuery()) {
      row.next();
      return new Counts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
  }
}
