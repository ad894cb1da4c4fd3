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
  final class Best {
    private final BestItems worded = new BestItems(most);
    private final BestItems said = new BestItems(SAID);
    private final float[] texts = new float[ItemMarks.CHUNK];
    private final float[] scores = new float[ItemMarks.CHUNK];

    /** Offers so many items of one chunk, which were compared. */
    void offer(int start, int count) {
      sheet.copy(start, count, texts);
      System.arraycopy(texts, 0, scores, 0, count);
      estimates.addRough(start, count, scores);
      float bar = worded.bar() - (float) RankingFormula.most(0);
      float barOfSaid = said.bar();
      for (int slot = 0; slot < count; slot++) {
        int item = start + slot;
        // few pass the first condition, so that it is foreseen; the other way round takes longer
        if ((scores[slot] > bar || texts[slot] > barOfSaid)
            && texts[slot] > 0
            && admission.admits(marks, item)) {
          said.offer(item, texts[slot]);
          worded.offer(item, (float) estimates.score(item, scores[slot]));
        }
      }
    }

    /**
     * Offers what the sheet lists.
     *
     * @param spare the most that nearness and length may add to the words of an item, but for what
     *     is among the nearest anyway
     */
    void offerListed(double spare) {
      for (int i = 0; i < sheet.count(); i++) {
        int item = sheet.item(i);
        said.offer(item, sheet.of(item));
        if (sheet.of(item) + spare > worded.bar()) { // most have too few words for that
          worded.offer(item, (float) estimates.rough(item));
        }
      }
    }

    void offerAll(Best others) {
      worded.offerAll(others.worded);
      said.offerAll(others.said);
    }

    /** By words and meaning. */
    int[] worded() {
      return worded.items();
    }

    /** By words alone. */
    int[] said() {
      return said.items();
    }
  }

  Best none() {
    return new Best();
  }
}
