package io.smollama.memory;

/**
 * How the parts of a score are put together: the text score, nearness of meaning in standard
 * deviations, the nearness of neighbours, the length of the text beside theirs. The constants are
 * the same for all models; the decision record on recall says how they were found. For one query.
 * Immutable.
 */
final class RankingFormula {
  /** What a standard deviation of nearness is worth where no text has a word of the query. */
  private static final double NEARNESS = 0.12;

  /** What the nearness of each item one or two places away is worth. */
  private static final double BESIDE = 0.15;

  private static final int BESIDE_REACH = 2;

  /** What the nearness of a question is worth, besides, to the item after it. */
  private static final double ANSWERS = 0.35;

  /** From this text score on the neighbours count in full. */
  private static final double WORDED = 0.3;

  /** What a text is worth for each time that it is e times longer than its neighbours. */
  private static final double LENGTH = 0.08;

  /** What is taken off a question: it tells less than its answer. */
  private static final double ASKS = 0.04;

  /** Few texts are so many times as long as their neighbours. */
  private static final double LONG = Math.log(3);

  private final ItemMarks marks;
  private final double worth;

  private RankingFormula(ItemMarks marks, double worth) {
    this.marks = marks;
    this.worth = worth;
  }

  /** The formula while no text is known to have a word of the query. */
  static RankingFormula over(ItemMarks marks) {
    return new RankingFormula(marks, NEARNESS);
  }

  /** The better the words are met by any text the less nearness counts. */
  RankingFormula with(double bestText) {
    double unmet = 1 - Math.min(1, bestText);
    return new RankingFormula(marks, NEARNESS * unmet * unmet);
  }

  /** What a standard deviation of nearness is worth. */
  double worth() {
    return worth;
  }

  /** Nearness of an item by its number. */
  interface Nearness {
    double of(int item);
  }

  /** What the nearness of its neighbours is worth to an item, before it is weighed. */
  double beside(int item, Nearness nearness) {
    double sum = 0;
    int after = item + 1;
    for (int step = 0; step < BESIDE_REACH && marks.has(after, ItemMarks.JOINED); step++) {
      sum += BESIDE * nearness.of(after++);
    }
    int before = item;
    for (int step = 0; step < BESIDE_REACH && marks.has(before, ItemMarks.JOINED); step++) {
      double near = nearness.of(--before);
      boolean answers = step == 0 && marks.has(before, ItemMarks.QUESTION);
      sum += (answers ? BESIDE + ANSWERS : BESIDE) * near;
    }
    return sum;
  }

  /** The most that words alone bring to an item, but for few. */
  static double most(double text) {
    return text + LENGTH * LONG;
  }

  /** The most that words and meaning bring to an item without its neighbours, but for few. */
  double most(double text, double nearness) {
    return most(text) + worth * nearness;
  }

  /** The score of an item by words alone. */
  double score(int item, double text) {
    boolean asks = marks.has(item, ItemMarks.QUESTION);
    return text + LENGTH * marks.longer(item) - (asks ? ASKS : 0);
  }

  /**
   * The score of an item by words and meaning.
   *
   * @param nearness in standard deviations above the usual
   * @param beside what {@link #beside} gives
   */
  double score(int item, double text, double nearness, double beside) {
    return score(item, text) + worth * (nearness + Math.min(text / WORDED, 1) * beside);
  }
}
