package io.smollama.memory;

/**
 * What the scores of items by words and meaning are, roughly and well, for one query. The scores of
 * words come from a sheet while it is filled. One thread at a time changes it; {@link #rough} may
 * be asked by several.
 */
final class Estimates {
  private final ScoreSheet sheet;
  private final ItemMarks marks;
  private final Admission admission;
  private final VectorIndex vectors;
  private final QuerySketch sketch;
  private final WhitenedQuery query;
  private RankingFormula formula;
  private RoughWorth roughWorth;

  /** Begins with a sheet on which nothing is known to have a word of the query. */
  Estimates(
      ScoreSheet sheet,
      ItemMarks marks,
      Admission admission,
      VectorIndex vectors,
      QuerySketch sketch,
      WhitenedQuery query) {
    this.sheet = sheet;
    this.marks = marks;
    this.admission = admission;
    this.vectors = vectors;
    this.sketch = sketch;
    this.query = query;
    vectors.makeRoom(marks.end());
    this.formula = RankingFormula.over(marks);
    this.roughWorth = roughWorth();
  }

  /** Weighs nearness by how well any text meets the words, as far as the sheet says. */
  void weigh() {
    formula = formula.with(sheet.best());
    roughWorth = roughWorth();
  }

  private RoughWorth roughWorth() {
    return sketch.worth(query.product(0), formula.worth() * query.deviations(1));
  }

  /** The most that words and nearness bring to an item without its neighbours, but for few. */
  double most(double text, double product) {
    return formula.most(text, Math.max(0, query.nearness(product)));
  }

  /** Will compare what it is given with the query. */
  NearestItems nearest(int most) {
    return new NearestItems(vectors, sketch, most, marks, admission);
  }

  /**
   * A rough estimate of the score of an item that was compared; what neighbours bring is left for
   * the good one.
   */
  double rough(int item) {
    float near = isCompared(item) ? vectors.rough(roughWorth, item) : 0;
    return formula.score(item, sheet.of(item)) + near;
  }

  /** A rough estimate of the score of an item to whose words rough nearness was added. */
  double score(int item, float text) {
    return formula.score(item, text);
  }

  /** Adds what rough nearness is worth to the scores of so many items of one chunk. */
  void addRough(int start, int count, float[] scores) {
    vectors.addRough(start, count, roughWorth, marks, scores);
  }

  /** A good estimate of the score. */
  double good(int item) {
    return exact(item, nearness(item));
  }

  /** By how much the good estimate may be wrong; by nothing if there is no vector. */
  double doubt(int item) {
    return isCompared(item) ? formula.worth() * query.deviations(vectors.doubt(sketch, item)) : 0;
  }

  /** The score of an item that is nearer than usual by so many standard deviations. */
  double exact(int item, double nearness) {
    float text = sheet.of(item);
    double beside = text == 0 ? 0 : formula.beside(item, this::nearness);
    return formula.score(item, text, nearness, beside);
  }

  private double nearness(int item) {
    return isCompared(item) ? query.nearness((double) vectors.product(sketch, item)) : 0;
  }

  /** Whether an item has a vector; hidden ones bring nothing to their neighbours. */
  private boolean isCompared(int item) {
    return marks.has(item, ItemMarks.VECTOR) && admission.admits(marks, item);
  }
}
