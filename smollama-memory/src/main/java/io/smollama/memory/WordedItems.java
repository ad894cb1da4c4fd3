package io.smollama.memory;

/**
 * Chooses, of the items that have a word of the query or a neighbour with one, the best by a rough
 * estimate and the best by words alone. One thread at a time.
 */
final class WordedItems {
  /** So many by words and meaning. */
  private static final int WORDED = 200;

  /** So many by words, whatever their meaning. */
  private static final int SAID = 16;

  private final ScoreSheet sheet;
  private final ItemMarks marks;
  private final Admission admission;
  private final Estimates estimates;
  private final int most;

  /**
   * Chooses among what is on a sheet.
   *
   * @param limit how many of the best are asked for
   */
  WordedItems(
      ScoreSheet sheet, ItemMarks marks, Admission admission, Estimates estimates, int limit) {
    this.sheet = sheet;
    this.marks = marks;
    this.admission = admission;
    this.estimates = estimates;
    this.most = Math.max(WORDED, limit);
  }

  /** The best of some items. */
  record Best(BestItems worded, BestItems said) {
    void offerAll(Best others) {
      worded.offerAll(others.worded);
      said.offerAll(others.said);
    }
  }

  private Best none() {
    return new Best(new BestItems(most), new BestItems(SAID));
  }

  /**
   * Chooses.
   *
   * @param spare the most that nearness and length may add to the words of an item, but for what is
   *     among the nearest anyway
   */
  Best choose(double spare) {
    Best best = none();
    if (sheet.isSwept()) {
      ItemParts.each(marks.end(), this::ofPart).forEach(best::offerAll);
    } else {
      offerListed(best.worded(), spare);
      for (int i = 0; i < sheet.count(); i++) {
        best.said().offer(sheet.item(i), sheet.of(sheet.item(i)));
      }
    }
    return best;
  }

  /** Offers what the sheet lists, by rough estimates. */
  void offerListed(BestItems best, double spare) {
    for (int i = 0; i < sheet.count(); i++) {
      int item = sheet.item(i);
      if (sheet.of(item) + spare > best.bar()) { // most have too few words for that
        best.offer(item, (float) estimates.rough(item));
      }
    }
  }

  private Best ofPart(int from, int to) {
    Best best = none();
    float[] texts = new float[ItemMarks.CHUNK];
    float[] scores = new float[ItemMarks.CHUNK];
    for (int start = from; start < to; start += ItemMarks.CHUNK) {
      int count = Math.min(ItemMarks.CHUNK, to - start);
      sheet.copy(start, count, texts);
      System.arraycopy(texts, 0, scores, 0, count);
      estimates.addRough(start, count, scores);
      offer(start, count, texts, scores, best);
    }
    return best;
  }

  private void offer(int start, int count, float[] texts, float[] scores, Best best) {
    float bar = best.worded().bar() - (float) RankingFormula.most(0);
    float barOfSaid = best.said().bar();
    for (int slot = 0; slot < count; slot++) {
      int item = start + slot;
      // few pass the first condition, so that it is foreseen; the other way round takes longer
      if ((scores[slot] > bar || texts[slot] > barOfSaid)
          && texts[slot] > 0
          && admission.admits(marks, item)) {
        best.said().offer(item, texts[slot]);
        best.worded().offer(item, (float) estimates.rough(item));
      }
    }
  }
}
