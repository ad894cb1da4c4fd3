package io.smollama.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Full-text search by BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009)
 * as SQLite's FTS5 computes it. Scores are divided by the most that any text could get for the
 * query, so that 1 means "has every word, many times" and a stray common word counts little.
 */
final class TextSearch {
  /** FTS5's k1 + 1: what a term's weight tends to when the term is repeated. */
  private static final double SATURATION = 2.2;

  private static final int MOST_HITS = 200;

  private TextSearch() {}

  /** Item to score, 0 to 1, of the best matches of any of the words. */
  static Map<Long, Double> search(Connection connection, List<String> words, RecallQuery filter)
      throws SQLException {
    Map<Long, Double> scores = new HashMap<>();
    double bound = upperBound(connection, words);
    if (bound <= 0) {
      return scores;
    }
    String any = words.stream().map(TextSearch::quoted).collect(Collectors.joining(" OR "));
    String kinds =
        filter.kinds().stream()
            .map(kind -> Integer.toString(kind.ordinal()))
            .collect(Collectors.joining(","));
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT item_text.rowid AS item, -bm25(item_text) AS score FROM item_text"
                + " JOIN item ON item.id = item_text.rowid WHERE item_text MATCH ?"
                + " AND item.kind IN ("
                + kinds
                + ") ORDER BY score DESC LIMIT "
                + MOST_HITS)) {
      query.setString(1, any);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          scores.put(rows.getLong("item"), Math.min(1, rows.getDouble("score") / bound));
        }
      }
    }
    return scores;
  }

  private static double upperBound(Connection connection, List<String> words) throws SQLException {
    double bound = 0;
    double texts = 0;
    try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM item");
        ResultSet rows = query.executeQuery()) {
      texts = rows.next() ? rows.getLong(1) : 0;
    }
    try (PreparedStatement query =
        connection.prepareStatement("SELECT count(*) FROM item_text WHERE item_text MATCH ?")) {
      for (String word : words) {
        query.setString(1, quoted(word));
        try (ResultSet rows = query.executeQuery()) {
          double having = rows.next() ? rows.getLong(1) : 0;
          double rarity = Math.log((texts - having + 0.5) / (having + 0.5));
          bound += SATURATION * Math.max(rarity, 1e-6);
        }
      }
    }
    return bound;
  }

  private static String quoted(String word) {
    return '"' + word.replace("\"", "\"\"") + '"';
  }
}
