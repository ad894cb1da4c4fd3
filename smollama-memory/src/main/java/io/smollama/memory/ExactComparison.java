package io.smollama.memory;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the vectors of candidates and compares them exactly, the most promising first, until no
 * other can be among the best any more. One thread at a time.
 */
final class ExactComparison {
  /** So many are read at once. */
  private static final int BATCH = 24;

  private final VectorTable table;
  private final int limit;

  ExactComparison(VectorTable table, int limit) {
    this.table = table;
    this.limit = limit;
  }

  /** A candidate and the most that its score can be. */
  record Candidate(int item, double most) {}

  /** Ranks a candidate by its vector; null if it has none. */
  interface Scoring {
    RecallSearch.Ranked rank(int item, short @Nullable [] vector);
  }

  /** The ranks of all candidates that may be among the best, in no order. */
  List<RecallSearch.Ranked> rank(Connection connection, List<Candidate> candidates, Scoring scoring)
      throws SQLException {
    Candidate[] sorted = candidates.toArray(Candidate[]::new);
    Arrays.sort(sorted, Comparator.comparingDouble(Candidate::most).reversed());
    List<RecallSearch.Ranked> ranked = new ArrayList<>();
    BestItems best = new BestItems(limit);
    for (int from = 0; from < sorted.length && sorted[from].most() > best.least(); from += BATCH) {
      Candidate[] some = Arrays.copyOfRange(sorted, from, Math.min(sorted.length, from + BATCH));
      int[] items = Arrays.stream(some).mapToInt(Candidate::item).toArray();
      short @Nullable [][] vectors = table.values(connection, items);
      for (int i = 0; i < items.length; i++) {
        RecallSearch.Ranked one = scoring.rank(items[i], vectors[i]);
        ranked.add(one);
        best.offer(one.item(), (float) one.score());
      }
    }
    return ranked;
  }
}
