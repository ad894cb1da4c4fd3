package io.smollama.memory;

import java.util.stream.IntStream;

/**
 * Chooses what answers a query best by words alone. What has only common terms, which together are
 * worth less than what the best have already, is not looked at. One thread at a time.
 */
final class WordSearch {
  private final ScoreSheet sheet;
  private final QueryTerms terms;
  private final TextScores text;
  private final RankingFormula formula;

  WordSearch(ScoreSheet sheet, QueryTerms terms, TextScores text, RankingFormula formula) {
    this.sheet = sheet;
    this.terms = terms;
    this.text = text;
    this.formula = formula;
  }

  /** The items with the best scores, so many if there are; each has a word itself. */
  int[] best(int most) {
    int next = 0;
    while (next < terms.size() && add(next, most)) {
      next++;
    }
    if (next < terms.size()) {
      int[] open = open(terms.rest(next), most);
      for (; next < terms.size(); next++) {
        text.complete(terms.get(next), open);
      }
    }
    return best(most, true).items();
  }

  /** Adds a term wherever it may matter; false if it and all that follow matter nowhere else. */
  private boolean add(int next, int most) {
    if (!terms.get(next).isCommon()) {
      text.add(terms.get(next));
      return true;
    }
    double bar = best(most, true).least();
    if (RankingFormula.most(terms.rest(next)) <= bar) {
      return false;
    }
    double more = terms.rest(next + 1);
    text.addWhere(terms.get(next), (item, worth) -> formula.score(item, worth + more) > bar);
    return true;
  }

  /** Those that may yet be among the best, if they get so much more. */
  private int[] open(double rest, int most) {
    double bar = best(most, true).least();
    return IntStream.range(0, sheet.count())
        .map(sheet::item)
        .filter(item -> formula.score(item, sheet.of(item)) + rest > bar)
        .sorted()
        .toArray();
  }

  private BestItems best(int most, boolean onlySaid) {
    BestItems best = new BestItems(most);
    for (int i = 0; i < sheet.count(); i++) {
      int item = sheet.item(i);
      if (!onlySaid || sheet.hasSaid(item)) {
        best.offer(item, (float) formula.score(item, sheet.of(item)));
      }
    }
    return best;
  }
}
