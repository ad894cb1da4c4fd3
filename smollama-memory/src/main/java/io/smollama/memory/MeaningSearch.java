package io.smollama.memory;

import io.smollama.memory.ExactComparison.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses, for one query, what is worth an exact comparison by words and meaning, and scores it.
 * What has only common terms is looked at as far as it is near enough in meaning to be among the
 * best with them. One thread at a time.
 */
final class MeaningSearch {
  /** So many by meaning, whatever their words. */
  static final int NEAR = 600;

  /** So many by words and meaning. */
  private static final int WORDED = 200;

  /** So many by words, whatever their meaning. */
  private static final int SAID = 16;

  /** So many tell what the best have for sure. */
  private static final int TELLING = 64;

  /** Scores are compared as floats. */
  private static final double ROUNDING = 1e-5;

  /** Of the error of a rough estimate, so many standard deviations are reckoned with. */
  private static final double ROUGH_DOUBT = 2;

  private final ScoreSheet sheet;
  private final ItemMarks marks;
  private final Admission admission;
  private final VectorIndex vectors;
  private final QuerySketch sketch;
  private final WhitenedQuery query;
  private final int limit;
  private final int[] near;
  private final double border;
  private final double borderNearness;
  private RankingFormula formula;

  /**
   * Searches among what a query has been compared with.
   *
   * @param nearest what {@link VectorIndex#compare} found
   * @param limit how many of the best are asked for
   */
  MeaningSearch(
      ScoreSheet sheet,
      ItemMarks marks,
      Admission admission,
      VectorIndex vectors,
      QuerySketch sketch,
      WhitenedQuery query,
      BestItems nearest,
      RankingFormula formula,
      int limit) {
    this.sheet = sheet;
    this.marks = marks;
    this.admission = admission;
    this.vectors = vectors;
    this.sketch = sketch;
    this.query = query;
    this.border = nearest.least();
    this.borderNearness = query.nearness(border);
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
    return candidates(chosen());
  }

  /** Those of some that may be among the best, told from estimates and how wrong they may be. */
  private List<Candidate> candidates(int[] chosen) {
    double[] most = new double[chosen.length];
    BestItems best = new BestItems(limit);
    for (int i = 0; i < chosen.length; i++) {
      double estimate = estimate(chosen[i]);
      double doubt = doubt(chosen[i]);
      most[i] = estimate + doubt;
      best.offer(chosen[i], (float) (estimate - doubt));
    }
    double bar = best.least() - ROUNDING;
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < chosen.length; i++) {
      if (most[i] > bar) {
        candidates.add(new Candidate(chosen[i], most[i]));
      }
    }
    return candidates;
  }

  /** Adds a term wherever it may matter; false if it and all that follow matter nowhere else. */
  private boolean add(QueryTerms terms, int next, TextScores text) {
    QueryTerms.Term term = terms.get(next);
    if (!term.isCommon()) {
      text.add(term);
      return true;
    }
    formula = formula.with(sheet.best());
    double bar = bar();
    double lacking = bar - formula.most(terms.rest(next), 0);
    double nearness = lacking / Math.max(1e-9, formula.worth());
    if (query.product(nearness) > border) {
      return false; // whatever is as near as that is among the nearest anyway
    }
    double doubt = ROUGH_DOUBT * sketch.roughDeviation();
    short[] limits = sketch.limits(query.product(nearness) - doubt);
    double more = terms.rest(next + 1) + formula.worth() * query.deviations(doubt);
    text.addWhere(
        term,
        (item, worth) ->
            (!isCompared(item) || vectors.isWithin(item, limits))
                && rough(item, worth) + more > bar);
    return true;
  }

  /** Those that may yet be among the best, if they get so much more; and all that are near. */
  private int[] open(double rest) {
    double doubt = ROUGH_DOUBT * query.deviations(sketch.roughDeviation()) * formula.worth();
    double bar = bar() - rest - doubt;
    int[] open = Arrays.copyOf(near, near.length + sheet.count());
    int count = near.length;
    double spare = spare();
    for (int i = 0; i < sheet.count(); i++) {
      int item = sheet.item(i);
      if (sheet.of(item) + spare > bar && rough(item) > bar) {
        open[count++] = item;
      }
    }
    return distinct(Arrays.copyOf(open, count));
  }

  private static int[] distinct(int[] items) {
    Arrays.sort(items);
    int count = 0;
    for (int i = 0; i < items.length; i++) {
      if (i == 0 || items[i] != items[i - 1]) {
        items[count++] = items[i];
      }
    }
    return Arrays.copyOf(items, count);
  }

  /** What nearness and length may add to the words of an item that is none of the nearest. */
  private double spare() {
    return formula.most(0, Math.max(0, borderNearness));
  }

  /** What the last of the best has at least, told from the few that seem the best. */
  private double bar() {
    BestItems few = new BestItems(Math.max(TELLING, 2 * limit));
    for (int item : near) {
      if (sheet.of(item) == 0) { // else it is among the scored
        few.offer(item, (float) rough(item));
      }
    }
    offerScored(few);
    BestItems best = new BestItems(limit);
    for (int item : few.items()) {
      best.offer(item, (float) (estimate(item) - doubt(item)));
    }
    return best.least();
  }

  private int[] chosen() {
    BestItems worded = new BestItems(Math.max(WORDED, limit));
    offerScored(worded);
    BestItems said = new BestItems(SAID);
    for (int i = 0; i < sheet.count(); i++) {
      said.offer(sheet.item(i), sheet.of(sheet.item(i)));
    }
    int[] most = worded.items();
    int[] some = said.items();
    int[] all = Arrays.copyOf(near, near.length + most.length + some.length);
    System.arraycopy(most, 0, all, near.length, most.length);
    System.arraycopy(some, 0, all, near.length + most.length, some.length);
    return distinct(all);
  }

  private void offerScored(BestItems best) {
    double spare = spare();
    for (int i = 0; i < sheet.count(); i++) {
      int item = sheet.item(i);
      if (sheet.of(item) + spare > best.bar()) { // most have too few words for that
        best.offer(item, (float) rough(item));
      }
    }
  }

  /** A rough estimate of the score; what neighbours bring is left for the good one. */
  private double rough(int item) {
    return rough(item, sheet.of(item));
  }

  private double rough(int item, double text) {
    return formula.score(item, text, roughNearness(item), 0);
  }

  private double roughNearness(int item) {
    return isCompared(item) ? query.nearness((double) vectors.rough(sketch, item)) : 0;
  }

  /** Whether an item has a vector; hidden ones bring nothing to their neighbours. */
  private boolean isCompared(int item) {
    return marks.has(item, ItemMarks.VECTOR) && admission.admits(marks, item);
  }

  private double nearness(int item) {
    return isCompared(item) ? query.nearness((double) vectors.product(sketch, item)) : 0;
  }

  private double estimate(int item) {
    return score(item, nearness(item));
  }

  /** By how much the estimate may be wrong; by nothing if there is no vector. */
  private double doubt(int item) {
    return isCompared(item) ? formula.worth() * query.deviations(vectors.doubt(sketch, item)) : 0;
  }

  /** The score of an item that is nearer than usual by so many standard deviations. */
  double score(int item, double nearness) {
    float text = sheet.of(item);
    double beside = text == 0 ? 0 : formula.beside(item, this::nearness);
    return formula.score(item, text, nearness, beside);
  }
}
