package io.smollama.memory;

import io.smollama.memory.ExactComparison.Candidate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses, for one query, what is worth an exact comparison by words and meaning, and scores it.
 * What has only common terms is looked at as far as it is near enough in meaning to be among the
 * best with them. One thread at a time.
 */
final class MeaningSearch {
  /** So many by meaning, whatever their words. */
  static final int NEAR = 1_000;

  /** So many by words and meaning. */
  private static final int WORDED = 200;

  /** So many by words, whatever their meaning. */
  private static final int SAID = 16;

  /** So many tell what the best have for sure. */
  private static final int TELLING = 64;

  /** Of the error of a rough estimate, so many standard deviations are reckoned with. */
  private static final double ROUGH_DOUBT = 2;

  private final ScoreSheet sheet;
  private final VectorIndex vectors;
  private final QuerySketch sketch;
  private final WhitenedQuery query;
  private final int limit;
  private final int[] near;
  private final double border;
  private RankingFormula formula;

  /**
   * Searches among what a query has been compared with.
   *
   * @param nearest what {@link VectorIndex#compare} found
   * @param limit how many of the best are asked for
   */
  MeaningSearch(
      ScoreSheet sheet,
      VectorIndex vectors,
      QuerySketch sketch,
      WhitenedQuery query,
      BestItems nearest,
      RankingFormula formula,
      int limit) {
    this.sheet = sheet;
    this.vectors = vectors;
    this.sketch = sketch;
    this.query = query;
    this.border = nearest.least();
    this.near = nearest.items();
    this.formula = formula;
    this.limit = limit;
  }

  /** What may be among the best; its text scores are complete. */
  List<Candidate> candidates(QueryTerms terms, TextScores text) {
    int next = 0;
    while (next < terms.size() && add(terms, next, text)) {
      next++;
    }
    if (next < terms.size()) {
      int[] open = open(terms.rest(next));
      for (; next < terms.size(); next++) {
        text.complete(terms.get(next), open);
      }
    }
    formula = formula.with(sheet.best());
    return Arrays.stream(chosen(Math.max(WORDED, limit)))
        .mapToObj(item -> new Candidate(item, estimate(item) + doubt(item)))
        .toList();
  }

  /** Adds a term wherever it may matter; false if it and all that follow matter nowhere else. */
  private boolean add(QueryTerms terms, int next, TextScores text) {
    QueryTerms.Term term = terms.get(next);
    if (!term.isCommon()) {
      text.add(term);
      return true;
    }
    formula = formula.with(sheet.best());
    double lacking = bar() - formula.most(terms.rest(next), 0);
    double nearness = lacking / Math.max(1e-9, formula.worth());
    if (query.product(nearness) > border) {
      return false; // whatever is as near as that is among the nearest anyway
    }
    double doubt = ROUGH_DOUBT * sketch.roughDeviation();
    short[] limits = sketch.limits(query.product(nearness) - doubt);
    boolean usual = nearness <= 0; // as near as what has no vector counts
    text.addWhere(
        term, item -> vectors.isWithin(item, limits) || (usual && !vectors.isCompared(item)));
    return true;
  }

  /** Those that may yet be among the best, if they get so much more. */
  private int[] open(double rest) {
    double bar =
        bar() - rest - ROUGH_DOUBT * query.deviations(sketch.roughDeviation()) * formula.worth();
    IntStream worded =
        IntStream.range(0, sheet.count()).map(sheet::item).filter(item -> rough(item) > bar);
    return IntStream.concat(Arrays.stream(near), worded).sorted().distinct().toArray();
  }

  /** What the last of the best has at least. */
  private double bar() {
    BestItems best = new BestItems(limit);
    for (int item : chosen(Math.max(TELLING, 2 * limit))) {
      best.offer(item, (float) (estimate(item) - doubt(item)));
    }
    return best.least();
  }

  private int[] chosen(int worded) {
    BestItems best = new BestItems(worded);
    BestItems said = new BestItems(SAID);
    for (int i = 0; i < sheet.count(); i++) {
      int item = sheet.item(i);
      float words = sheet.of(item);
      said.offer(item, words);
      if (formula.most(words, roughNearness(item)) > best.bar()) {
        best.offer(item, (float) rough(item));
      }
    }
    return Stream.of(near, best.items(), said.items())
        .flatMapToInt(IntStream::of)
        .sorted()
        .distinct()
        .toArray();
  }

  /** A rough estimate of the score. */
  private double rough(int item) {
    double beside = formula.beside(item, this::roughNearness);
    return formula.score(item, sheet.of(item), roughNearness(item), beside);
  }

  private double roughNearness(int item) {
    return vectors.isCompared(item) ? query.nearness((double) vectors.rough(sketch, item)) : 0;
  }

  private double nearness(int item) {
    return vectors.isCompared(item) ? query.nearness((double) vectors.product(sketch, item)) : 0;
  }

  private double estimate(int item) {
    return score(item, nearness(item));
  }

  /** By how much the estimate may be wrong; by nothing if there is no vector. */
  private double doubt(int item) {
    return vectors.isCompared(item)
        ? formula.worth() * query.deviations(vectors.doubt(sketch, item))
        : 0;
  }

  /** The score of an item that is nearer than usual by so many standard deviations. */
  double score(int item, double nearness) {
    double beside = formula.beside(item, this::nearness);
    return formula.score(item, sheet.of(item), nearness, beside);
  }
}
