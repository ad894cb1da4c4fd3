package io.smollama.memory;

import io.smollama.core.Embedding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Recall from a question to the rows that answer it. Thread-safe. */
final class Recall {
  private final Database database;
  private final RecallIndex index;
  private final Optional<Vectors> vectors;
  private final InstantSource clock;
  private final RecallSearch search;

  Recall(Database database, RecallIndex index, Optional<Vectors> vectors, InstantSource clock) {
    this.database = database;
    this.index = index;
    this.vectors = vectors;
    this.clock = clock;
    this.search = new RecallSearch(index);
  }

  RecallResult recall(RecallQuery query) {
    RecallSearch.Wanted wanted =
        new RecallSearch.Wanted(
            QueryWords.of(query.text()), query.filter(), query.limit(), clock.instant());
    index.load();
    if (wanted.words().isEmpty()) {
      return new RecallResult(latest(wanted), false, 0);
    }
    Optional<Embedding> question = vectors.flatMap(all -> all.ofQuery(query.text()));
    if (question.isEmpty()) {
      return new RecallResult(hits(ranked(wanted, Optional.empty())), false, index.missing());
    }
    vectors.ifPresent(Vectors::fillFew);
    List<RecallSearch.Ranked> ranked = ranked(wanted, question.map(VectorBytes::fixed));
    return new RecallResult(hits(ranked), true, index.missing());
  }

  private List<RecallSearch.Ranked> ranked(RecallSearch.Wanted wanted, Optional<short[]> query) {
    synchronized (index) {
      return database.read(
          connection ->
              query.isPresent()
                  ? search.byMeaning(connection, wanted, query.get())
                  : search.byWords(connection, wanted));
    }
  }

  /** The items that lie nearest to a statement, with their cosines; only those with a vector. */
  List<RecallSearch.Ranked> nearest(Embedding statement, RecallFilter filter, int limit) {
    index.load();
    vectors.ifPresent(Vectors::fillFew);
    RecallSearch.Wanted one = new RecallSearch.Wanted(List.of(), filter, limit, clock.instant());
    synchronized (index) {
      return database.read(
          connection -> search.nearest(connection, one, VectorBytes.fixed(statement)));
    }
  }

  /** Takes note that the rows of some items are new, changed or gone. */
  void changed(Set<Long> items) {
    index.changed(items);
  }

  /** Progress of a memory that nobody makes vectors for. */
  VectorProgress withoutEmbedder() {
    index.load();
    return new VectorProgress("", 0, index.marks().count(), "no embedder is configured");
  }

  /** Makes the index of words anew from the texts. */
  void remakeText() {
    database.write(ItemText::remake);
    index.forget();
  }

  private List<RecallHit> hits(List<RecallSearch.Ranked> ranked) {
    return database.read(connection -> hits(connection, ranked));
  }

  private static List<RecallHit> hits(Connection connection, List<RecallSearch.Ranked> ranked)
      throws SQLException {
    List<RecallHit> hits = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(Knowledge.SELECT + "WHERE item.id = ?")) {
      for (RecallSearch.Ranked one : ranked) {
        query.setLong(1, one.item());
        try (ResultSet row = query.executeQuery()) {
          if (row.next()) {
            double score = Math.max(0, Math.min(1, one.score()));
            hits.add(Knowledge.hit(row, score, one.cosine(), one.why()));
          }
        }
      }
    }
    return hits;
  }

  private record Recent(int item, long lamport) {}

  private List<RecallHit> latest(RecallSearch.Wanted wanted) {
    List<Recent> recent = new ArrayList<>();
    synchronized (index) {
      for (KnowledgeKind kind : KnowledgeKind.values()) {
        recent.addAll(database.read(connection -> latest(connection, kind, wanted)));
      }
    }
    return hits(
        recent.stream()
            .sorted(
                Comparator.comparingLong(Recent::lamport).thenComparingInt(Recent::item).reversed())
            .limit(wanted.limit())
            .map(one -> new RecallSearch.Ranked(one.item(), 0, 0, RecallHit.Why.LATEST))
            .toList());
  }

  private List<Recent> latest(Connection connection, KnowledgeKind kind, RecallSearch.Wanted wanted)
      throws SQLException {
    Admission admission = Admission.of(connection, wanted.filter(), index.marks(), wanted.now());
    List<Recent> found = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id, lamport FROM item WHERE kind = ? ORDER BY lamport DESC, id DESC")) {
      query.setInt(1, kind.ordinal());
      try (ResultSet rows = query.executeQuery()) {
        while (found.size() < wanted.limit() && rows.next()) {
          int item = Math.toIntExact(rows.getLong(1));
          if (index.marks().has(item, ItemMarks.PRESENT) && admission.admits(index.marks(), item)) {
            found.add(new Recent(item, rows.getLong(2)));
          }
        }
      }
    }
    return found;
  }
}
