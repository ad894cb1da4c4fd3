package io.smollama.memory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One number for all that is known: SHA-256 over a listing of all observations and facts, a line
 * each in the order of their ids, with all that their events leave of them. Memories that hold the
 * same events have the same, in whatever order these came.
 */
final class ViewHash {
  private ViewHash() {}

  static String of(Connection connection) throws SQLException {
    MessageDigest sha = sha256();
    try (PreparedStatement query =
            connection.prepareStatement(Knowledge.SELECT + "ORDER BY entry, kind");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        String line = line(ItemTable.read(rows)) + "\n";
        sha.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  /** A JSON array of its parts; their order is the one of {@link ItemState}. */
  private static String line(ItemState item) {
    ArrayNode line = JsonNodeFactory.instance.arrayNode();
    line.add(item.entry().hex()).add(item.kind().word()).add(item.type()).add(item.text());
    line.add(item.confidence()).add(item.confirmed());
    add(line, item.time());
    line.add(item.when().certainty().kind().word());
    line.add(item.when().certainty().within().map(Duration::toMillis).orElse(-1L));
    line.add(item.lamport()).add(item.origin().hex()).add(item.node());
    add(line, item.sources());
    line.add(item.provenance());
    add(line, item.hiddenFrom());
    add(line, item.validFrom());
    add(line, item.validTo());
    line.add(item.tainted()).add(item.ref());
    add(line, item.tags());
    return line.toString();
  }

  private static void add(ArrayNode line, Optional<Instant> time) {
    if (time.isPresent()) {
      line.add(time.get().toEpochMilli());
    } else {
      line.addNull();
    }
  }

  private static void add(ArrayNode line, List<String> texts) {
    ArrayNode list = line.addArray();
    texts.forEach(list::add);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
