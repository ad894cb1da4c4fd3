package io.smollama.memory;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ranks items by words and by meaning together: {@value #TEXT} of the text score, and {@value
 * #DEVIATION} for each standard deviation by which the cosine is above what is usual for the query.
 * (Reciprocal rank fusion measured worse than words alone; see the decision record on recall.)
 *
 * <p>Cheap signs choose {@value #NEAR} by meaning and {@value #WORDED} by words and meaning; those
 * are compared exactly. Up to so many items the ranking is exact. Callers hold the index's monitor.
 */
final class RecallSearch {
  static final double TEXT = 0.66;
  static final double DEVIATION = 0.055;

  /** For models whose nearness is worth more; their names with the worth of a deviation. */
  private static final Map<String, Double> WORTH_MORE = Map.of("minilm+e5", 0.07);

  static final int NEAR = 200;
  static final int WORDED = 120;

  /** From so many deviations on a hit is called near in meaning. */
  private static final double NEAR_DEVIATIONS = 2;

  /** What is nearer by more deviations is found by its nearness anyway. */
  private static final double LIFTED = 3;

  private final RecallIndex index;
  private final double deviation;
  private final EstimatedBest estimated = new EstimatedBest();
  private TextScores scores;

  RecallSearch(RecallIndex index) {
    this.index = index;
    this.deviation = WORTH_MORE.getOrDefault(index.modelName(), DEVIATION);
    this.scores = new TextScores(index.marks());
  }

  /** An item with its place in the ranking. */
  record Ranked(int item, double score, double cosine, RecallHit.Why why) {}

  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparingDouble(Ranked::score).thenComparingInt(Ranked::item).reversed();

  /** What is searched for. */
  record Wanted(List<String> words, RecallFilter filter, int limit, Instant now) {}

  /** The best by words alone; each has at least one. */
  List<Ranked> byWords(Connection connection, Wanted wanted) throws SQLException {
    score(connection, wanted);
    List<Ranked> ranked = new ArrayList<>();
    for (int item : bestWorded(Math.max(WORDED, wanted.limit()), 0, true)) {
      ranked.add(new Ranked(item, scores.of(item), 0, RecallHit.Why.TEXT));
    }
    return best(ranked, wanted.limit());
  }

  /** The best by words and by meaning; what has no vector yet counts as of usual nearness. */
  List<Ranked> byMeaning(Connection connection, Wanted wanted, short[] query) throws SQLException {
    Admission admission = score(connection, wanted);
    BitSet candidates = near(query, Math.max(NEAR, wanted.limit()), admission);
    for (int item : bestWorded(Math.max(WORDED, wanted.limit()), deviation, false)) {
      candidates.set(item);
    }
    return best(exact(connection, candidates.stream().toArray(), query), wanted.limit());
  }

  /** The nearest by meaning alone, scored by their cosine. */
  List<Ranked> nearest(Connection connection, Wanted wanted, short[] query) throws SQLException {
    Admission admission = Admission.of(connection, wanted.filter(), index.marks(), wanted.now());
    int[] candidates = near(query, Math.max(NEAR, wanted.limit()), admission).stream().toArray();
    short @Nullable [][] values = values(connection, candidates);
    List<Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < candidates.length; i++) {
      short[] value = values[i];
      if (value != null) {
        double cosine = VectorBytes.cosine(query, value);
        ranked.add(new Ranked(candidates[i], cosine, cosine, RecallHit.Why.MEANING));
      }
    }
    return best(ranked, wanted.limit());
  }

  private Admission score(Connection connection, Wanted wanted) throws SQLException {
    if (!scores.isOver(index.marks())) {
      scores = new TextScores(index.marks());
    }
    Admission admission = Admission.of(connection, wanted.filter(), index.marks(), wanted.now());
    scores.score(index.text().postings(connection, wanted.words()), admission);
    return admission;
  }

  private BitSet near(short[] query, int most, Admission admission) {
    VectorIndex signs = index.meanings().orElseThrow().signs();
    signs.compare(signs.signs(query), index.marks(), admission);
    BitSet found = new BitSet();
    for (int item : signs.nearest(query, most, index.marks().end())) {
      found.set(item);
    }
    return found;
  }

  /** The best worded by an estimate of the score; all of a tie at the border within reason. */
  private int[] bestWorded(int most, double worth, boolean onlySaid) {
    VectorIndex signs =
        worth > 0 ? index.meanings().map(RecallIndex.Meanings::signs).orElse(null) : null;
    // what is worded worse by more than a great nearness adds cannot be among the best
    double bar = scores.among(most, onlySaid) - LIFTED * worth / TEXT;
    estimated.clear();
    for (int i = 0; i < scores.count(); i++) {
      int item = scores.item(i);
      double worded = scores.of(item);
      if (worded >= bar && (!onlySaid || scores.says(item))) {
        double nearness = signs == null ? 0 : signs.nearness(item);
        estimated.offer(item, TEXT * worded + worth * nearness);
      }
    }
    return estimated.best(most);
  }

  private short @Nullable [][] values(Connection connection, int[] candidates) throws SQLException {
    return index.meanings().orElseThrow().table().values(connection, candidates);
  }

  private List<Ranked> exact(Connection connection, int[] candidates, short[] query)
      throws SQLException {
    CosineSpread.Spread spread = index.spreadOf(connection, query);
    short @Nullable [][] values = values(connection, candidates);
    List<Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < candidates.length; i++) {
      int item = candidates[i];
      short[] value = values[i];
      double cosine = value == null ? 0 : VectorBytes.cosine(query, value);
      double deviations = value == null ? 0 : spread.standardised(cosine);
      double score = TEXT * scores.of(item) + deviation * (1 + deviations);
      ranked.add(new Ranked(item, score, cosine, why(item, deviations)));
    }
    return ranked;
  }

  private RecallHit.Why why(int item, double deviations) {
    if (!scores.says(item)) {
      return RecallHit.Why.MEANING;
    }
    return deviations >= NEAR_DEVIATIONS ? RecallHit.Why.BOTH : RecallHit.Why.TEXT;
  }

  private static List<Ranked> best(List<Ranked> ranked, int limit) {
    ranked.sort(BEST_FIRST);
    return ranked.subList(0, Math.min(limit, ranked.size()));
  }
}
