package io.smollama.memory;

import io.smollama.memory.ExactComparison.Candidate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ranks items by words and by meaning together, by the {@link RankingFormula}. Estimates choose
 * some hundred candidates, which are compared exactly as long as they may be among the best.
 * Callers hold the index's monitor.
 */
final class RecallSearch {
  /** From so many deviations on a hit is called near in meaning. */
  private static final double NEAR_DEVIATIONS = 2;

  private final RecallIndex index;
  private final ScoreSheet sheet = new ScoreSheet();

  RecallSearch(RecallIndex index) {
    this.index = index;
  }

  /** An item with its place in the ranking. */
  record Ranked(int item, double score, double cosine, RecallHit.Why why) {}

  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparingDouble(Ranked::score).thenComparingInt(Ranked::item).reversed();

  /** What is searched for. */
  record Wanted(List<String> words, RecallFilter filter, int limit, Instant now) {}

  /** The best by words alone; each has at least one. */
  List<Ranked> byWords(Connection connection, Wanted wanted) throws SQLException {
    QueryTerms terms = terms(connection, wanted);
    Admission admission = admission(connection, wanted);
    TextScores text = new TextScores(sheet, terms, index.marks(), admission);
    RankingFormula formula = RankingFormula.over(index.marks());
    WordSearch search = new WordSearch(sheet, index.marks(), admission, terms, text, formula);
    List<Ranked> ranked = new ArrayList<>();
    for (int item : search.best(wanted.limit())) {
      double score = formula.score(item, sheet.of(item));
      ranked.add(new Ranked(item, score, 0, RecallHit.Why.TEXT));
    }
    return best(ranked, wanted.limit());
  }

  /** The best by words and by meaning; what has no vector yet counts as of usual nearness. */
  List<Ranked> byMeaning(Connection connection, Wanted wanted, short[] vector) throws SQLException {
    RecallIndex.Meanings meanings = index.meanings().orElseThrow();
    Admission admission = admission(connection, wanted);
    WhitenedQuery query = index.whitened(connection, vector);
    QuerySketch sketch = QuerySketch.ofDirection(query.direction(), meanings.centre().mean());
    ItemMarks marks = index.marks();
    Estimates estimates = new Estimates(sheet, marks, admission, meanings.vectors(), sketch, query);
    MeaningSearch search =
        new MeaningSearch(
            sheet,
            marks,
            estimates,
            new WordedItems(sheet, marks, admission, estimates, wanted.limit()),
            wanted.limit());
    QueryTerms terms = terms(connection, wanted);
    new TextScores(sheet, terms, marks, admission).addAll();
    ExactComparison.Scoring scoring =
        (item, stored) -> {
          double nearness = stored == null ? 0 : query.nearness(stored);
          double cosine = stored == null ? 0 : VectorBytes.cosine(vector, stored);
          return new Ranked(item, estimates.exact(item, nearness), cosine, why(item, nearness));
        };
    return best(
        new ExactComparison(meanings.table(), wanted.limit())
            .rank(connection, search.candidates(), scoring),
        wanted.limit());
  }

  private RecallHit.Why why(int item, double nearness) {
    if (!sheet.hasSaid(item)) {
      return RecallHit.Why.MEANING;
    }
    return nearness >= NEAR_DEVIATIONS ? RecallHit.Why.BOTH : RecallHit.Why.TEXT;
  }

  /** The nearest by meaning alone, scored by their cosine. */
  List<Ranked> nearest(Connection connection, Wanted wanted, short[] vector) throws SQLException {
    RecallIndex.Meanings meanings = index.meanings().orElseThrow();
    VectorIndex vectors = meanings.vectors();
    QuerySketch sketch = QuerySketch.ofVector(vector, meanings.centre().mean());
    int[] near = compare(meanings, sketch, wanted, admission(connection, wanted)).items();
    List<Candidate> candidates =
        Arrays.stream(near)
            .mapToObj(
                item ->
                    new Candidate(
                        item, vectors.product(sketch, item) + vectors.doubt(sketch, item)))
            .toList();
    return best(
        new ExactComparison(meanings.table(), wanted.limit())
            .rank(connection, candidates, (item, stored) -> nearby(item, stored, vector)),
        wanted.limit());
  }

  /** One whose vector is gone since it was looked at is no candidate any more. */
  private static Ranked nearby(int item, short @Nullable [] vector, short[] query) {
    double cosine = vector == null ? -1 : VectorBytes.cosine(query, vector);
    return new Ranked(item, cosine, cosine, RecallHit.Why.MEANING);
  }

  private Admission admission(Connection connection, Wanted wanted) throws SQLException {
    return Admission.of(connection, wanted.filter(), index.marks(), wanted.now());
  }

  private QueryTerms terms(Connection connection, Wanted wanted) throws SQLException {
    return new QueryTerms(index.text().postings(connection, wanted.words()), index.marks());
  }

  private BestItems compare(
      RecallIndex.Meanings meanings, QuerySketch sketch, Wanted wanted, Admission admission) {
    int most = Math.max(MeaningSearch.NEAR, wanted.limit());
    return meanings.vectors().compare(sketch, most, index.marks(), admission);
  }

  private static List<Ranked> best(List<Ranked> ranked, int limit) {
    ranked.sort(BEST_FIRST);
    return ranked.subList(0, Math.min(limit, ranked.size()));
  }
}
