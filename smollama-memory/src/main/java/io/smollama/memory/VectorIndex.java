package io.smollama.memory;

import io.smollama.core.Embedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All vectors of one model in memory, compared one by one: exact, and fast below ten thousand. */
final class VectorIndex {
  private final List<Row> rows = new ArrayList<>();

  private record Row(long item, KnowledgeKind kind, Embedding vector) {}

  /** Nearness of one item to a query. */
  record Near(long item, double cosine) {}

  synchronized void add(long item, KnowledgeKind kind, Embedding vector) {
    rows.add(new Row(item, kind, vector));
  }

  synchronized int size() {
    return rows.size();
  }

  /** The cosine to every item of the query's kinds, nearest first. */
  synchronized List<Near> scan(Embedding query, RecallQuery filter) {
    Near[] all =
        rows.stream()
            .filter(row -> filter.kinds().contains(row.kind()))
            .map(row -> new Near(row.item(), query.cosine(row.vector())))
            .toArray(Near[]::new);
    Arrays.sort(all, (a, b) -> Double.compare(b.cosine(), a.cosine()));
    return List.of(all);
  }
}
