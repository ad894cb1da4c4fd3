package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ReplicaId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The states of one group's chains, through one connection. One thread at a time. */
final class PostgresChains {
  private static final String COLUMNS = "c.origin, c.stream, c.number, c.state";

  private static final String RANGE =
      "SELECT "
          + COLUMNS
          + " FROM smollama_chain c WHERE group_id = ? AND (origin, stream) >= (?, ?)"
          + " AND (origin, stream) < (?, ?) ORDER BY origin, stream LIMIT ?";

  private static final String NAMED =
      "SELECT "
          + COLUMNS
          + " FROM smollama_chain c JOIN unnest(?::bytea[], ?::int2[]) AS k(origin, stream)"
          + " ON c.origin = k.origin AND c.stream = k.stream WHERE c.group_id = ?";

  /**
   * The locks are taken in the order of the chains by everybody, so that nobody waits in a ring.
   */
  private static final String LOCK = NAMED + " ORDER BY c.origin, c.stream FOR UPDATE OF c";

  /** Before and behind every origin. */
  private static final byte[] FIRST = new byte[0];

  private static final byte[] BEHIND = HexFormat.of().parseHex("ff".repeat(17));

  private static final String INSERT =
      "INSERT INTO smollama_chain AS c (group_id, origin, stream, state)"
          + " SELECT ?, n.* FROM unnest(?::bytea[], ?::int2[], ?::bytea[]) AS n"
          + " ON CONFLICT DO NOTHING RETURNING "
          + COLUMNS;

  private static final String UPDATE =
      "UPDATE smollama_chain c SET state = n.state"
          + " FROM unnest(?::bytea[], ?::int2[], ?::bytea[]) AS n(origin, stream, state)"
          + " WHERE c.group_id = ? AND c.origin = n.origin AND c.stream = n.stream";

  private final Connection connection;
  private final long group;

  PostgresChains(Connection connection, long group) {
    this.connection = connection;
    this.group = group;
  }

  /** A chain as it is stored. */
  record Held(long number, ChainState state) {}

  /** The first of those in a range. */
  SortedMap<ChainId, Held> range(ChainRange range, int limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RANGE)) {
      statement.setLong(1, group);
      statement.setBytes(2, range.from().map(PostgresChains::bytes).orElse(FIRST));
      statement.setInt(3, range.from().map(ChainId::stream).orElse(0));
      statement.setBytes(4, range.to().map(PostgresChains::bytes).orElse(BEHIND));
      statement.setInt(5, range.to().map(ChainId::stream).orElse(0));
      statement.setInt(6, limit);
      return held(statement);
    }
  }

  Optional<Held> one(ChainId chain) throws SQLException {
    String query =
        "SELECT "
            + COLUMNS
            + " FROM smollama_chain c WHERE group_id = ? AND origin = ? AND stream = ?";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setLong(1, group);
      statement.setBytes(2, bytes(chain));
      statement.setInt(3, chain.stream());
      return Optional.ofNullable(held(statement).get(chain));
    }
  }

  /** Those of these chains that are there. */
  SortedMap<ChainId, Held> named(Collection<ChainId> chains) throws SQLException {
    return named(NAMED, chains);
  }

  /** As {@link #named}; nobody else changes them until the transaction ends. */
  SortedMap<ChainId, Held> lock(Collection<ChainId> chains) throws SQLException {
    return named(LOCK, chains);
  }

  private SortedMap<ChainId, Held> named(String query, Collection<ChainId> chains)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      setKeys(statement, 1, chains.stream().sorted().toList());
      statement.setLong(3, group);
      return held(statement);
    }
  }

  /** Those of these states whose chains were not there yet, now stored. */
  SortedMap<ChainId, Held> insert(List<ChainState> states) throws SQLException {
    List<ChainState> inOrder =
        states.stream().sorted((a, b) -> a.chain().compareTo(b.chain())).toList();
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setLong(1, group);
      setKeys(statement, 2, inOrder.stream().map(ChainState::chain).toList());
      setStates(statement, 4, inOrder);
      return held(statement);
    }
  }

  void update(List<ChainState> states) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      setKeys(statement, 1, states.stream().map(ChainState::chain).toList());
      setStates(statement, 3, states);
      statement.setLong(4, group);
      statement.executeUpdate();
    }
  }

  private void setKeys(PreparedStatement statement, int column, List<ChainId> chains)
      throws SQLException {
    byte[][] origins = chains.stream().map(PostgresChains::bytes).toArray(byte[][]::new);
    Short[] streams = chains.stream().map(chain -> (short) chain.stream()).toArray(Short[]::new);
    statement.setArray(column, connection.createArrayOf("bytea", origins));
    statement.setArray(column + 1, connection.createArrayOf("int2", streams));
  }

  private void setStates(PreparedStatement statement, int column, List<ChainState> states)
      throws SQLException {
    byte[][] bytes = states.stream().map(ChainStateBytes::of).toArray(byte[][]::new);
    statement.setArray(column, connection.createArrayOf("bytea", bytes));
  }

  private static SortedMap<ChainId, Held> held(PreparedStatement query) throws SQLException {
    TreeMap<ChainId, Held> held = new TreeMap<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        ReplicaId origin = new ReplicaId(HexFormat.of().formatHex(row.getBytes(1)));
        ChainId chain = new ChainId(origin, row.getInt(2));
        held.put(chain, new Held(row.getLong(3), ChainStateBytes.read(chain, row.getBytes(4))));
      }
    }
    return held;
  }

  private static byte[] bytes(ChainId chain) {
    return HexFormat.of().parseHex(chain.origin().hex());
  }
}
