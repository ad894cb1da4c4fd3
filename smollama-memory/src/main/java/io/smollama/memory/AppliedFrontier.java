package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import io.smollama.core.Tips;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How far the journal has been applied: a row for each tip. */
final class AppliedFrontier {
  private AppliedFrontier() {}

  static Frontier load(Connection connection) throws SQLException {
    Map<ChainId, List<Point>> heads = new TreeMap<>();
    try (PreparedStatement query = connection.prepareStatement("SELECT * FROM applied");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        ChainId chain = new ChainId(new ReplicaId(rows.getString("origin")), rows.getInt("stream"));
        heads
            .computeIfAbsent(chain, c -> new ArrayList<>())
            .add(new Point(rows.getLong("seq"), new EntryId(rows.getString("entry"))));
      }
    }
    Map<ChainId, Tips> chains = new TreeMap<>();
    heads.forEach((chain, points) -> chains.put(chain, new Tips(0, points)));
    return Frontier.of(chains);
  }

  /** Moves it, in the caller's transaction. */
  static void save(Connection connection, Frontier before, Frontier after) throws SQLException {
    for (Map.Entry<ChainId, Tips> chain : after.chains().entrySet()) {
      if (!chain.getValue().heads().equals(before.tips(chain.getKey()).heads())) {
        delete(connection, chain.getKey());
        insert(connection, chain.getKey(), chain.getValue().heads());
      }
    }
  }

  private static void delete(Connection connection, ChainId chain) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM applied WHERE origin = ? AND stream = ?")) {
      delete.setString(1, chain.origin().hex());
      delete.setInt(2, chain.stream());
      delete.executeUpdate();
    }
  }

  private static void insert(Connection connection, ChainId chain, List<Point> heads)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO applied VALUES (?, ?, ?, ?)")) {
      insert.setString(1, chain.origin().hex());
      insert.setInt(2, chain.stream());
      for (Point head : heads) {
        insert.setLong(3, head.seq());
        insert.setString(4, head.id().hex());
        insert.executeUpdate();
      }
    }
  }
}
