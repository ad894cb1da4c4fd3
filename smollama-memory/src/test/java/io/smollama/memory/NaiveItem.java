package io.smollama.memory;

import io.smollama.core.Embedding;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;

/** An item with all that filters ask for. Null is "none". */
record NaiveItem(
    KnowledgeKind kind,
    String type,
    String node,
    Long time,
    String source,
    int confidence,
    Long hidden,
    Long from,
    Long to,
    List<String> words,
    boolean question,
    Embedding vector) {

  /** Writes all items into a file as the folds and the background would. */
  static void store(Database database, List<NaiveItem> items, float[] mean) {
    VectorTable table =
        database.write(connection -> VectorModels.of(connection, NaiveRecall.MODEL));
    database.write(
        connection -> {
          List<VectorTable.Made> made = new ArrayList<>();
          try (PreparedStatement insert =
                  connection.prepareStatement(
                      "INSERT INTO item (id, entry, kind, type, text, confidence, time, lamport,"
                          + " origin, node, sources, provenance, confirmed, shown, tainted, ref,"
                          + " tags, hidden_from, valid_from, valid_to) VALUES (?1, printf('%064d',"
                          + " ?1), ?2, ?3, ?4, ?5, ?6, ?1, '00000000000000000000000000000001', ?7,"
                          + " '[]', 'observer', 1, 1, 0, '', '[]', ?8, ?9, ?10)");
              PreparedStatement source =
                  connection.prepareStatement("INSERT INTO item_source VALUES (?, ?)");
              PreparedStatement text =
                  connection.prepareStatement(
                      "INSERT INTO item_text (rowid, text) VALUES (?, ?)")) {
            for (int number = 1; number <= items.size(); number++) {
              NaiveItem item = items.get(number - 1);
              String words = String.join(" ", item.words()) + (item.question() ? "?" : "");
              insert.setInt(1, number);
              insert.setInt(2, item.kind().ordinal());
              insert.setString(3, item.type());
              insert.setString(4, words);
              insert.setInt(5, item.confidence());
              insert.setObject(6, item.time());
              insert.setString(7, item.node());
              insert.setObject(8, item.hidden());
              insert.setObject(9, item.from());
              insert.setObject(10, item.to());
              insert.addBatch();
              source.setString(1, item.source());
              source.setInt(2, number);
              source.addBatch();
              text.setInt(1, number);
              text.setString(2, words);
              text.addBatch();
              if (item.vector() != null) {
                made.add(new VectorTable.Made(number, words, item.vector()));
              }
            }
            insert.executeBatch();
            source.executeBatch();
            text.executeBatch();
          }
          return table.store(connection, made, mean, 0).size();
        });
  }
}
