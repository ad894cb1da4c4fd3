package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the nodes are called that entries come from, by the first entry of each origin. It names
 * what an entry itself gives no name for. A function of the set of events.
 */
final class NodeNames {
  private static final String GENESIS = "ctl.genesis";

  private NodeNames() {}

  /** Whether an entry tells who writes under its origin. */
  static boolean isGenesis(JournalEntry entry) {
    return entry.chain().stream() == ChainId.CONTROL
        && entry.seq() == 1
        && entry.type().equals(GENESIS);
  }

  /** The name of the node that an origin is; empty if it has not said so. */
  static Optional<String> of(Connection connection, ReplicaId origin) throws SQLException {
    SortedSet<JournalEntry> introductions = new TreeSet<>(JournalEntry.ORDER);
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT * FROM event WHERE origin = ? AND stream = " + ChainId.CONTROL)) {
      query.setString(1, origin.hex());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          introductions.add(EventTable.entry(rows));
        }
      }
    }
    return introductions.stream()
        .flatMap(entry -> Payloads.parse(entry.payload()).stream())
        .flatMap(payload -> Optional.ofNullable(payload.path("node").textValue()).stream())
        .filter(name -> !name.isBlank())
        .findFirst(); // a forged or forked origin has several: the same one everywhere
  }

  /** An observation or a fact with the name of its node, given by its own entry or its origin. */
  static ItemState named(Connection connection, ItemState state) throws SQLException {
    return state.node().isEmpty() ? state.ofNode(of(connection, state.origin()).orElse("")) : state;
  }
}
