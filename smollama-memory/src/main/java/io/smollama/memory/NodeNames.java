package io.smollama.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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
    return introductions(connection, origin)
        .flatMap(payload -> Optional.ofNullable(payload.path("node").textValue()).stream())
        .filter(name -> !name.isBlank())
        .findFirst(); // a forged or forked origin has several: the same one everywhere
  }

  /** An origin and those under which the same node wrote before, as their successors tell. */
  static Set<ReplicaId> lineage(Connection connection, ReplicaId origin) throws SQLException {
    Set<ReplicaId> found = new HashSet<>(Set.of(origin));
    Deque<ReplicaId> open = new ArrayDeque<>(found);
    while (!open.isEmpty()) {
      for (ReplicaId before : predecessors(connection, open.remove())) {
        if (found.add(before)) {
          open.add(before);
        }
      }
    }
    return found;
  }

  private static Set<ReplicaId> predecessors(Connection connection, ReplicaId origin)
      throws SQLException {
    return introductions(connection, origin)
        .flatMap(payload -> StreamSupport.stream(payload.path("predecessors").spliterator(), false))
        .map(JsonNode::asText)
        .filter(text -> text.matches("[0-9a-f]{32}"))
        .map(ReplicaId::new)
        .collect(Collectors.toSet());
  }

  private static Stream<ObjectNode> introductions(Connection connection, ReplicaId origin)
      throws SQLException {
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
        .filter(NodeNames::isGenesis)
        .flatMap(entry -> Payloads.parse(entry.payload()).stream());
  }

  /** An observation or a fact with the name of its node, given by its own entry or its origin. */
  static ItemState named(Connection connection, ItemState state) throws SQLException {
    return state.node().isEmpty() ? state.ofNode(of(connection, state.origin()).orElse("")) : state;
  }
}
