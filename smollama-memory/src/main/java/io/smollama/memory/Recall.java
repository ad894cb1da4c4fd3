package io.smollama.memory;

import io.smollama.core.Embedding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Recall by words and by meaning together. The score of a text is {@value #TEXT_WEIGHT} of its
 * BM25, as a share of the most the query could give, and {@value #MEANING_WEIGHT} of its cosine,
 * scaled between the least and the most of the query. (Reciprocal rank fusion measured worse than
 * words alone; see the decision record on recall.)
 */
final class Recall {
  private static final double TEXT_WEIGHT = 0.7;
  private static final double MEANING_WEIGHT = 0.3;

  /** From this cosine on a hit is called near in meaning; the product's default model's scale. */
  private static final double NEAR = 0.25;

  private static final int MOST_BY_MEANING = 1_000;

  private final Database database;
  private final Optional<Vectors> vectors;

  Recall(Database database, Optional<Vectors> vectors) {
    this.database = database;
    this.vectors = vectors;
  }

  /** Says that items are new, different or gone; called after that is committed. */
  void changed(Set<Long> items) {}

  private record Ranked(long item, double score, double cosine, RecallHit.Why why) {}

  RecallResult recall(RecallQuery query) {
    List<String> words = QueryWords.of(query.text());
    if (words.isEmpty()) {
      return new RecallResult(database.read(connection -> latest(connection, query)), false);
    }
    Optional<Embedding> question = vectors.flatMap(all -> all.ofQuery(query.text()));
    List<VectorIndex.Near> near =
        question.map(vector -> vectors.orElseThrow().scan(vector, query)).orElse(List.of());
    Map<Long, Double> texts =
        database.read(connection -> TextSearch.search(connection, words, query));
    List<Ranked> ranked = fuse(near, texts, query.limit());
    List<RecallHit> hits = database.read(connection -> hits(connection, ranked));
    return new RecallResult(hits, question.isPresent());
  }

  private static List<Ranked> fuse(
      List<VectorIndex.Near> near, Map<Long, Double> texts, int limit) {
    Map<Long, Double> cosines = new HashMap<>();
    double most = near.isEmpty() ? 1 : near.get(0).cosine();
    double least = near.isEmpty() ? 0 : near.get(near.size() - 1).cosine();
    double spread = Math.max(most - least, 1e-9);
    List<Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < near.size(); i++) {
      VectorIndex.Near candidate = near.get(i);
      cosines.put(candidate.item(), candidate.cosine());
      if (i < MOST_BY_MEANING && !texts.containsKey(candidate.item())) {
        double meaning = near.size() == 1 ? 1 : (candidate.cosine() - least) / spread;
        ranked.add(
            new Ranked(
                candidate.item(),
                MEANING_WEIGHT * meaning,
                candidate.cosine(),
                RecallHit.Why.MEANING));
      }
    }
    texts.forEach(
        (item, text) -> {
          double cosine = cosines.getOrDefault(item, 0.0);
          double meaning = cosines.containsKey(item) ? (cosine - least) / spread : 0;
          RecallHit.Why why = cosine >= NEAR ? RecallHit.Why.BOTH : RecallHit.Why.TEXT;
          double score = TEXT_WEIGHT * text + MEANING_WEIGHT * meaning;
          ranked.add(new Ranked(item, score, cosine, why));
        });
    ranked.sort(Comparator.comparingDouble(Ranked::score).reversed());
    return ranked.subList(0, Math.min(limit, ranked.size()));
  }

  private static List<RecallHit> hits(Connection connection, List<Ranked> ranked)
      throws SQLException {
    List<RecallHit> hits = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(Knowledge.SELECT + "WHERE item.id = ?")) {
      for (Ranked candidate : ranked) {
        query.setLong(1, candidate.item());
        try (ResultSet row = query.executeQuery()) {
          if (row.next()) {
            hits.add(Knowledge.hit(row, candidate.score(), candidate.cosine(), candidate.why()));
          }
        }
      }
    }
    return hits;
  }

  private static List<RecallHit> latest(Connection connection, RecallQuery filter)
      throws SQLException {
    List<RecallHit> hits = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            Knowledge.SELECT
                + "WHERE (kind = ? OR kind = ?) ORDER BY lamport DESC, id DESC LIMIT ?")) {
      List<KnowledgeKind> kinds = List.copyOf(filter.kinds());
      query.setInt(1, kinds.get(0).ordinal());
      query.setInt(2, kinds.get(kinds.size() - 1).ordinal());
      query.setInt(3, filter.limit());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          hits.add(Knowledge.hit(rows, 0, 0, RecallHit.Why.LATEST));
        }
      }
    }
    return hits;
  }
}
