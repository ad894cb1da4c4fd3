package io.smollama.memory;

import io.smollama.core.EntryId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what a person means by the first digits of an id. */
final class IdPrefix {
  private static final int SHORTEST = 6;
  private static final int MOST_NAMED = 5;

  private IdPrefix() {}

  /** The one id of a kind that begins so; merged facts count as the one that they are now. */
  static Optional<EntryId> find(Connection connection, KnowledgeKind kind, String prefix)
      throws SQLException {
    String digits = prefix.strip().toLowerCase(Locale.ROOT);
    if (!digits.matches("[0-9a-f]{%d,64}".formatted(SHORTEST))) {
      throw new IllegalArgumentException(
          "An id is named by at least %d of its hexadecimal digits, was '%s'"
              .formatted(SHORTEST, prefix));
    }
    List<EntryId> found = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT entry FROM item WHERE kind = ?1 AND entry >= ?2 AND entry < ?2 || 'g'"
                + " UNION SELECT canonical FROM merged"
                + " WHERE ?1 = 1 AND entry >= ?2 AND entry < ?2 || 'g' LIMIT "
                + MOST_NAMED)) {
      query.setInt(1, kind.ordinal());
      query.setString(2, digits);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(new EntryId(rows.getString(1)));
        }
      }
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "'%s' may be each of %s; give more digits"
              .formatted(
                  prefix,
                  String.join(", ", found.stream().map(id -> id.hex().substring(0, 16)).toList())));
    }
    return found.stream().findFirst();
  }
}
