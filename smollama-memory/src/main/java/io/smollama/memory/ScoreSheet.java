package io.smollama.memory;

import java.util.Arrays;

/**
 * A score for each item that has one, 0 to 1, and whether the item itself has a term of the query.
 * Five bytes an item that are used again for each query. One thread at a time.
 */
final class ScoreSheet {
  private float[] scores = new float[0];
  private long[] said = new long[0];
  private int[] scored = new int[1_024];
  private int count;
  private float best;
  private boolean swept;

  /** Forgets all scores and has room for the items below a number. */
  void clear(int end) {
    if (swept) {
      Arrays.fill(scores, 0);
    } else {
      for (int i = 0; i < count; i++) {
        scores[scored[i]] = 0;
      }
    }
    swept = false;
    count = 0;
    best = 0;
    Arrays.fill(said, 0);
    if (scores.length < end) {
      scores = new float[end + end / 8];
      said = new long[scores.length / Long.SIZE + 1];
    }
  }

  void add(int item, float worth) {
    if (worth > 0) {
      if (scores[item] == 0) {
        if (count == scored.length) {
          scored = Arrays.copyOf(scored, 2 * count);
        }
        scored[count++] = item;
      }
      scores[item] += worth;
      best = Math.max(best, scores[item]);
    }
  }

  /**
   * Adds to the score of an item that has a term itself, when all items are gone over: it is not
   * listed. Several threads may do so at a time, for items of different chunks.
   *
   * @return its score
   */
  float sweep(int item, float worth) {
    says(item);
    return scores[item] += worth;
  }

  /** All items were gone over: what has a score is not listed any more. */
  void swept(float bestOfSweep) {
    swept = true;
    count = 0;
    best = Math.max(best, bestOfSweep);
  }

  /** Whether what has a score is not listed. */
  boolean isSwept() {
    return swept;
  }

  void says(int item) {
    said[item >> 6] |= 1L << item;
  }

  /** Whether a text has a term itself, as far as the terms were gone through. */
  boolean hasSaid(int item) {
    return item < scores.length && (said[item >> 6] & 1L << item) != 0;
  }

  /** 0 for an item that has no term, nor a neighbour that lends it one. */
  float of(int item) {
    return item < scores.length ? scores[item] : 0;
  }

  /** Copies so many scores from an item on. */
  void copy(int from, int count, float[] into) {
    System.arraycopy(scores, from, into, 0, count);
  }

  /** The best score so far; 0 if there is none. */
  float best() {
    return best;
  }

  /** How many items are listed as having a score. */
  int count() {
    return count;
  }

  /** One of the items that are listed. */
  int item(int index) {
    return scored[index];
  }
}
