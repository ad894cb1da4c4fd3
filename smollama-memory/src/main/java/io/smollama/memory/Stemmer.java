package io.smollama.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Makes terms of words exactly as the full-text index does, by letting FTS5 index them in a table
 * of this connection that is never written to the disk. One thread at a time.
 */
final class Stemmer {
  static final int KEPT = 4_096;

  private static final List<String> TABLES =
      List.of(
          "PRAGMA temp_store = MEMORY",
          "CREATE VIRTUAL TABLE temp.word_text USING fts5(text, content='',"
              + " tokenize=\"porter unicode61 remove_diacritics 2\")",
          "CREATE VIRTUAL TABLE temp.word_term USING fts5vocab(temp, word_text, instance)",
          "CREATE VIRTUAL TABLE temp.item_term USING fts5vocab(main, item_text, instance)");

  private final Map<String, List<String>> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<String>> eldest) {
          return size() > KEPT;
        }
      };

  private boolean prepared;

  /** Takes a term of a text. */
  interface Visitor {
    void visit(int text, String term, int times);
  }

  /** Makes the tables of this connection. */
  void prepare(Connection connection) throws SQLException {
    if (!prepared) {
      try (Statement statement = connection.createStatement()) {
        for (String sql : TABLES) {
          statement.execute(sql);
        }
      }
      prepared = true;
    }
  }

  /** The terms of some words, each once, in their order. */
  List<String> terms(Connection connection, List<String> words) throws SQLException {
    prepare(connection);
    Map<String, List<String>> terms = new HashMap<>();
    List<String> unknown = new ArrayList<>();
    for (String word : new LinkedHashSet<>(words)) {
      List<String> before = known.get(word);
      if (before == null) {
        unknown.add(word);
      } else {
        terms.put(word, before);
      }
    }
    if (!unknown.isEmpty()) {
      Map<String, List<String>> learnt = learn(connection, unknown);
      terms.putAll(learnt);
      known.putAll(learnt); // lets go of others, maybe of this very query
    }
    return words.stream().flatMap(word -> terms.get(word).stream()).distinct().toList();
  }

  private static Map<String, List<String>> learn(Connection connection, List<String> words)
      throws SQLException {
    clear(connection);
    Map<String, List<String>> learnt = new LinkedHashMap<>();
    // one statement is one transaction: FTS5 writes a segment for each
    String rows = "(?, ?),".repeat(words.size() - 1) + "(?, ?)";
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO temp.word_text (rowid, text) VALUES " + rows)) {
      for (int i = 0; i < words.size(); i++) {
        insert.setLong(2 * i + 1, i);
        insert.setString(2 * i + 2, SearchedText.of(words.get(i)));
        learnt.put(words.get(i), new ArrayList<>());
      }
      insert.executeUpdate();
    }
    each(connection, (text, term, times) -> learnt.get(words.get(text)).add(term));
    return learnt;
  }

  /** The terms of the texts of some items: by term, then by item. */
  void eachOf(Connection connection, String items, Visitor visitor) throws SQLException {
    prepare(connection);
    clear(connection);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO temp.word_text (rowid, text) SELECT rowid, text FROM item_text"
                + " WHERE rowid IN (SELECT value FROM json_each(?))")) {
      insert.setString(1, items);
      insert.executeUpdate();
    }
    each(connection, visitor);
  }

  private static void each(Connection connection, Visitor visitor) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT doc, term, count(*) FROM temp.word_term GROUP BY term, doc"
                    + " ORDER BY term, doc");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        visitor.visit(rows.getInt(1), rows.getString(2), rows.getInt(3));
      }
    }
  }

  private static void clear(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO temp.word_text (word_text) VALUES ('delete-all')");
    }
  }
}
