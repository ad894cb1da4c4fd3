package io.smollama.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns journal entries into rows. The rows are a function of the set of entries: order and
 * repetition change nothing. What is unknown or unsound is passed over, everywhere alike.
 */
final class KnowledgeFold {
  private KnowledgeFold() {}

  /** What the rows stand for so far. */
  static Frontier applied(Connection connection) throws SQLException {
    Map<ChainId, Frontier.Head> heads = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement("SELECT * FROM applied");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        heads.put(
            new ChainId(new ReplicaId(rows.getString("origin")), rows.getInt("stream")),
            new Frontier.Head(rows.getLong("seq"), new EntryId(rows.getString("entry"))));
      }
    }
    return Frontier.of(heads);
  }

  /**
   * Applies entries that follow the frontier, and moves it, in the caller's transaction.
   *
   * @param changed takes the numbers of the items whose rows have changed
   */
  static Frontier apply(
      Connection connection, Frontier frontier, List<JournalEntry> entries, Set<Long> changed)
      throws SQLException {
    Frontier grown = frontier;
    for (JournalEntry entry : entries) {
      if (entry.chain().stream() == ChainId.KNOWLEDGE) {
        Optional<ObjectNode> payload = Payloads.parse(entry.payload());
        if (payload.isPresent()) {
          apply(connection, entry, payload.get(), changed);
        }
      }
      grown = grown.with(entry);
    }
    for (Map.Entry<ChainId, Frontier.Head> head : grown.heads().entrySet()) {
      if (frontier.seq(head.getKey()) < head.getValue().seq()) {
        moveHead(connection, head.getKey(), head.getValue());
      }
    }
    return grown;
  }

  private static void apply(
      Connection connection, JournalEntry entry, ObjectNode payload, Set<Long> changed)
      throws SQLException {
    switch (entry.type()) {
      case Payloads.OBS_ADD -> {
        String type = payload.path("type").asText();
        if (ObservationType.ofWord(type).isPresent()) {
          addItem(connection, entry, payload, KnowledgeKind.OBSERVATION, type, changed);
        }
      }
      case Payloads.MEM_ADD ->
          addItem(connection, entry, payload, KnowledgeKind.MEMORY, "fact", changed);
      case Payloads.MEM_CONFIRM -> confirm(connection, entry, payload.path("memory").asText());
      default -> {} // kept in the journal; a version that knows the type folds it
    }
  }

  private static void addItem(
      Connection connection,
      JournalEntry entry,
      ObjectNode payload,
      KnowledgeKind kind,
      String type,
      Set<Long> changed)
      throws SQLException {
    JsonNode text = payload.path("text");
    JsonNode confidence = payload.path("confidence");
    if (!text.isTextual() || text.asText().isBlank() || !confidence.canConvertToInt()) {
      return;
    }
    long id = number(connection, entry.id());
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO item (id, entry, kind, type, text, confidence, time, lamport,"
                + " origin, node, sources, provenance) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, id);
      insert.setString(2, entry.id().hex());
      insert.setInt(3, kind.ordinal());
      insert.setString(4, type);
      insert.setString(5, text.asText());
      insert.setInt(6, Math.max(0, Math.min(1000, confidence.asInt())));
      if (entry.wall().isPresent()) {
        insert.setLong(7, entry.wall().map(Instant::toEpochMilli).orElseThrow());
      } else {
        insert.setNull(7, Types.INTEGER);
      }
      insert.setLong(8, entry.lamport());
      insert.setString(9, entry.chain().origin().hex());
      insert.setString(10, payload.path("node").asText(""));
      insert.setString(
          11, payload.path("sources").isArray() ? payload.get("sources").toString() : "[]");
      insert.setString(12, payload.path("provenance").asText(""));
      if (insert.executeUpdate() > 0) {
        ItemText.put(connection, id, text.asText());
        changed.add(id);
      }
    }
  }

  /** The lasting number of what an entry brought into being. */
  private static long number(Connection connection, EntryId entry) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement("INSERT OR IGNORE INTO item_number (entry) VALUES (?)");
        PreparedStatement find =
            connection.prepareStatement("SELECT id FROM item_number WHERE entry = ?")) {
      insert.setString(1, entry.hex());
      insert.executeUpdate();
      find.setString(1, entry.hex());
      try (ResultSet row = find.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Counted per origin whether or not the fact has arrived yet. */
  private static void confirm(Connection connection, JournalEntry entry, String target)
      throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT INTO confirmation VALUES (?, ?, 1)"
                + " ON CONFLICT (target, origin) DO UPDATE SET times = times + 1")) {
      upsert.setString(1, target);
      upsert.setString(2, entry.chain().origin().hex());
      upsert.executeUpdate();
    }
  }

  private static void moveHead(Connection connection, ChainId chain, Frontier.Head head)
      throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement("INSERT OR REPLACE INTO applied VALUES (?, ?, ?, ?)")) {
      upsert.setString(1, chain.origin().hex());
      upsert.setInt(2, chain.stream());
      upsert.setLong(3, head.seq());
      upsert.setString(4, head.id().hex());
      upsert.executeUpdate();
    }
  }
}
