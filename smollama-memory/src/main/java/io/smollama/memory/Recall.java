package io.smollama.memory;

import io.smollama.core.Embedding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Recall from a question to the rows that answer it. Thread-safe. */
final class Recall {
  /** How many times more to look for when too few of what was found stood at a time. */
  private static final int MORE = 8;

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
      return new RecallResult(hits(wanted, this::latest), false, 0);
    }
    Optional<Embedding> question = vectors.flatMap(all -> all.ofQuery(query.text()));
    if (question.isPresent()) {
      vectors.ifPresent(Vectors::fillFew);
    }
    Optional<short[]> vector = question.map(VectorBytes::fixed);
    List<RecallHit> hits = hits(wanted, asked -> ranked(asked, vector));
    return new RecallResult(hits, question.isPresent(), index.missing());
  }

  /** Some way to find what is wanted, best first. */
  private interface Search {
    List<RecallSearch.Ranked> best(RecallSearch.Wanted wanted);
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

  private List<RecallHit> hits(RecallSearch.Wanted wanted, Search search) {
    return wanted.filter().asOf().isPresent()
        ? believed(wanted, search)
        : items(search.best(wanted), Optional.empty()).stream().map(Found::hit).toList();
  }

  /**
   * The marks that a search goes by tell what is known today, so it asks for more until enough of
   * what it finds stood at the time.
   */
  private List<RecallHit> believed(RecallSearch.Wanted wanted, Search search) {
    RecallFilter filter = wanted.filter();
    Instant asOf = filter.asOf().orElseThrow();
    int most = wanted.limit();
    while (true) {
      List<RecallSearch.Ranked> ranked =
          search.best(
              new RecallSearch.Wanted(wanted.words(), filter.withAll(), most, wanted.now()));
      List<RecallHit> hits =
          items(ranked, filter.asOf()).stream()
              .filter(found -> filter.all() || found.item().stands(asOf))
              .map(Found::hit)
              .limit(wanted.limit())
              .toList();
      if (hits.size() == wanted.limit() || ranked.size() < most) {
        return hits;
      }
      most *= MORE;
    }
  }

  private record Found(RecallSearch.Ranked ranked, ItemState item) {
    RecallHit hit() {
      return item.hit(ranked);
    }
  }

  private List<Found> items(List<RecallSearch.Ranked> ranked, Optional<Instant> asOf) {
    return database.read(
        connection -> {
          List<Found> items = new ArrayList<>();
          for (RecallSearch.Ranked one : ranked) {
            Optional<ItemState> item = ItemTable.find(connection, one.item());
            if (asOf.isPresent() && item.isPresent()) {
              item = new ItemFold(connection, asOf).folded(item.get().entry()).stream().findFirst();
            }
            item.ifPresent(state -> items.add(new Found(one, state)));
          }
          return items;
        });
  }

  private record Recent(int item, long lamport) {}

  private List<RecallSearch.Ranked> latest(RecallSearch.Wanted wanted) {
    List<Recent> recent = new ArrayList<>();
    synchronized (index) {
      for (KnowledgeKind kind : KnowledgeKind.values()) {
        recent.addAll(database.read(connection -> latest(connection, kind, wanted)));
      }
    }
    return recent.stream()
        .sorted(Comparator.comparingLong(Recent::lamport).thenComparingInt(Recent::item).reversed())
        .limit(wanted.limit())
        .map(one -> new RecallSearch.Ranked(one.item(), 0, 0, RecallHit.Why.LATEST))
        .toList();
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
