package io.smollama.memory;

import java.util.stream.IntStream;

/**
 * Chooses what answers a query best by words alone. What has only common terms, which together are
 * worth less than what the best have already, is not looked at. One thread at a time.
 */
final class WordSearch {
  private final ScoreSheet sheet;
  private final ItemMarks marks;
  private final Admission admission;
  private final QueryTerms terms;
  private final TextScores text;
  private final RankingFormula formula;

  WordSearch(
      ScoreSheet sheet,
      ItemMarks marks,
      Admission admission,
      QueryTerms terms,
      TextScores text,
      RankingFormula formula) {
    this.sheet = sheet;
    this.marks = marks;
    this.admission = admission;
    this.terms = terms;
    this.text = text;
    this.formula = formula;
  }

  /** The items with the best scores, so many if there are; each has a word itself. */
  int[] best(int most) {
    int next = 0;
    while (next < terms.size() && !terms.get(next).wide()) {
      text.add(terms.get(next++));
    }
    if (next == terms.size()) {
      return listed(most).items();
    }
    if (RankingFormula.most(terms.rest(next)) > listed(most).least()) {
      text.sweep(next);
      return swept(most).items();
    }
    int[] open = open(terms.rest(next), most);
    for (; next < terms.size(); next++) {
      text.complete(terms.get(next), open);
    }
    return listed(most).items();
  }

  /** Those that may yet be among the best, if they get so much more. */
  private int[] open(double rest, int most) {
    double bar = listed(most).least();
    return IntStream.range(0, sheet.count())
        .map(sheet::item)
        .filter(item -> formula.score(item, sheet.of(item)) + rest > bar)
        .sorted()
        .toArray();
  }

  private BestItems listed(int most) {
    BestItems best = new BestItems(most);
    for (int i = 0; i < sheet.count(); i++) {
      offer(sheet.item(i), best);
    }
    return best;
  }

  private BestItems swept(int most) {
    BestItems best = new BestItems(most);
    ItemParts.each(marks.end(), (from, to) -> swept(from, to, new BestItems(most)))
        .forEach(best::offerAll);
    return best;
  }

  private BestItems swept(int from, int to, BestItems best) {
    for (int item = from; item < to; item++) {
      float score = sheet.of(item);
      if (score > 0 && RankingFormula.most(score) > best.bar() && admission.admits(marks, item)) {
        offer(item, best);
      }
    }
    return best;
  }

  private void offer(int item, BestItems best) {
    if (sheet.hasSaid(item)) {
      best.offer(item, (float) formula.score(item, sheet.of(item)));
    }
  }
}
