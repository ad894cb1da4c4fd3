package io.smollama.memory;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Embeds some texts at a time. Thread-safe. */
final class VectorBatch {
  private static final Logger LOG = LoggerFactory.getLogger(VectorBatch.class);

  private final Embedder embedder;
  private final Failed failed;

  /** Texts that the embedder refused while it took others; they are tried again after a restart. */
  private final Set<Integer> refused = ConcurrentHashMap.newKeySet();

  VectorBatch(Embedder embedder, Failed failed) {
    this.embedder = embedder;
    this.failed = failed;
  }

  /** Is told of a failure, and of the failure before it. */
  interface Failed {
    void tell(String before, EmbeddingException failure);
  }

  /** The text of an item. */
  record Text(int item, String text) {}

  /** Items that are not to be tried again. */
  Set<Integer> refused() {
    return refused;
  }

  void forgetRefused() {
    refused.clear();
  }

  /** The vectors of those texts that the embedder takes; none if it fails. */
  List<VectorTable.Made> embed(List<Text> texts) {
    List<VectorTable.Made> made = together(texts);
    return made.isEmpty() && texts.size() > 1 ? oneByOne(texts) : made;
  }

  private List<VectorTable.Made> together(List<Text> texts) {
    List<VectorTable.Made> made = new ArrayList<>();
    String before = embedder.failure();
    try {
      List<Embedding> vectors = embedder.all(texts.stream().map(Text::text).toList());
      for (int i = 0; i < vectors.size(); i++) {
        made.add(new VectorTable.Made(texts.get(i).item(), texts.get(i).text(), vectors.get(i)));
      }
    } catch (EmbeddingException e) {
      failed.tell(before, e);
    }
    return made;
  }

  /** One text that the embedder cannot take must not keep all older ones from theirs. */
  private List<VectorTable.Made> oneByOne(List<Text> texts) {
    List<VectorTable.Made> made = new ArrayList<>();
    Set<Integer> unmade = new HashSet<>();
    for (Text text : texts) {
      List<VectorTable.Made> one = together(List.of(text));
      made.addAll(one);
      if (one.isEmpty()) {
        unmade.add(text.item());
        if (made.isEmpty() && unmade.size() > 1) {
          return made;
        }
      }
    }
    if (!made.isEmpty()) {
      refused.addAll(unmade);
      LOG.warn("{} texts cannot be embedded and are found by words only", refused.size());
    }
    return made;
  }

  /** The texts of those items that are still there. */
  static List<Text> texts(Connection connection, int[] items) throws SQLException {
    List<Text> found = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id, text FROM item WHERE id IN (SELECT value FROM json_each(?))")) {
      query.setString(1, VectorTable.json(items));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(new Text(rows.getInt(1), rows.getString(2)));
        }
      }
    }
    return found;
  }
}
