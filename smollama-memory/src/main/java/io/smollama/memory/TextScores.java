package io.smollama.memory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How well texts answer the terms of a query: BM25 (Robertson and Zaragoza, "The Probabilistic
 * Relevance Framework", 2009) as a share of the most that any text could get, so that 1 means "has
 * every term, many times" and a stray common word counts little.
 *
 * <p>A term that an item lacks but a neighbour has counts for a share of what it counts there: what
 * was said a moment ago is understood. Neighbours are items that one node recorded within minutes.
 * Terms in more than a fifth of all items, or in more than 2,000, are not lent: they tell nothing
 * of a neighbour. One thread at a time; the arrays are used again for each query.
 */
final class TextScores {
  private static final double K1 = 0.9;
  private static final double B = 0.4;

  /** What a term is worth one and two items after the one that has it, and before it. */
  private static final float[] AFTER = {0.5f, 0.25f};

  private static final float[] BEFORE = {0.3f, 0.15f};
  private static final double LENT_BELOW = 0.2;
  private static final int MOST_LENT = 2_000;

  /** A text that has only the commonest terms, together worth no more than this, is passed over. */
  private static final double TOO_LITTLE = 0.12;

  private static final int STEPS = 1_024;

  private final ItemMarks marks;
  private float[] scores = new float[0];
  private int[] touched = new int[1_024];
  private int count;
  private float[] ofTerm = new float[0];
  private int[] raised = new int[1_024];
  private int raisedCount;
  private long[] said = new long[0];
  private final float[] saturation = new float[256];

  TextScores(ItemMarks marks) {
    this.marks = marks;
  }

  boolean isOver(ItemMarks others) {
    return marks == others;
  }

  /** Forgets the query before and scores what the filter admits. */
  void score(List<Postings> terms, Admission admission) {
    clear();
    double bound = 0;
    for (Postings term : terms) {
      bound += rarity(term) * (K1 + 1);
    }
    double mean = marks.meanLength();
    for (int code = 0; code < saturation.length; code++) {
      saturation[code] = (float) (K1 * (1 - B + B * TextLength.decode((byte) code) / mean));
    }
    double left = 1;
    for (Postings term : rarestFirst(terms)) {
      float weight = (float) (rarity(term) * (K1 + 1) / bound);
      boolean adds = left > TOO_LITTLE;
      left -= weight;
      if (isLent(term)) {
        term.each((item, times) -> lend(item, own(item, times, weight, admission), admission));
        handOver();
      } else if (adds) {
        term.each((item, times) -> touch(item, own(item, times, weight, admission)));
      } else {
        term.each((item, times) -> addTo(item, times, weight));
      }
    }
  }

  private static List<Postings> rarestFirst(List<Postings> terms) {
    return terms.stream().sorted(Comparator.comparingInt(Postings::count)).toList();
  }

  /** For a text that has been scored before and so is admitted. */
  private void addTo(int item, int times, float weight) {
    if (item < scores.length && scores[item] > 0) {
      said[item >> 6] |= 1L << item;
      int code = marks.chunk(item).lengths[item & ItemMarks.CHUNK - 1] & 0xFF;
      scores[item] += weight * times / (times + saturation[code]);
    }
  }

  private boolean isLent(Postings term) {
    return term.count() <= Math.min(MOST_LENT, LENT_BELOW * marks.count());
  }

  private double rarity(Postings term) {
    int having = Math.min(term.count(), marks.count());
    return Math.log(1 + (marks.count() - having + 0.5) / (having + 0.5));
  }

  /** What a term is worth to a text that has it; 0 if the filter does not admit the text. */
  private float own(int item, int times, float weight, Admission admission) {
    if (item >= marks.end()) {
      return 0;
    }
    ItemMarks.Chunk chunk = marks.chunk(item);
    int slot = item & ItemMarks.CHUNK - 1;
    if (!admission.admits(chunk, slot, item)) {
      return 0;
    }
    said[item >> 6] |= 1L << item;
    return weight * times / (times + saturation[chunk.lengths[slot] & 0xFF]);
  }

  private void touch(int item, float worth) {
    if (worth > 0) {
      if (scores[item] == 0) {
        touched = roomFor(touched, count);
        touched[count++] = item;
      }
      scores[item] += worth;
    }
  }

  private void lend(int item, float own, Admission admission) {
    if (own == 0) {
      return;
    }
    raise(item, own);
    int after = item + 1;
    for (int step = 0; step < AFTER.length && marks.has(after, ItemMarks.JOINED); step++) {
      if (admission.admits(marks, after)) {
        raise(after, own * AFTER[step]);
      }
      after++;
    }
    int before = item;
    for (int step = 0; step < BEFORE.length && marks.has(before, ItemMarks.JOINED); step++) {
      before--;
      if (admission.admits(marks, before)) {
        raise(before, own * BEFORE[step]);
      }
    }
  }

  private void raise(int item, float worth) {
    if (ofTerm[item] == 0) {
      raised = roomFor(raised, raisedCount);
      raised[raisedCount++] = item;
    }
    ofTerm[item] = Math.max(ofTerm[item], worth);
  }

  /** Adds what one term is worth, its own or lent, to the scores. */
  private void handOver() {
    for (int i = 0; i < raisedCount; i++) {
      touch(raised[i], ofTerm[raised[i]]);
      ofTerm[raised[i]] = 0;
    }
    raisedCount = 0;
  }

  private static int[] roomFor(int[] list, int used) {
    return used < list.length ? list : Arrays.copyOf(list, used * 2);
  }

  private void clear() {
    for (int i = 0; i < count; i++) {
      scores[touched[i]] = 0;
    }
    count = 0;
    Arrays.fill(said, 0);
    if (scores.length < marks.end()) {
      scores = new float[marks.end() + marks.end() / 8];
      ofTerm = new float[scores.length];
      said = new long[scores.length / 64 + 1];
    }
  }

  /** How many items have a score. */
  int count() {
    return count;
  }

  /** One of the items that have a score. */
  int item(int index) {
    return touched[index];
  }

  /** 0 to 1; 0 for an item that has no term, nor a neighbour that lends it one. */
  float of(int item) {
    return item < scores.length ? scores[item] : 0;
  }

  /** Whether a text has a term itself. */
  boolean says(int item) {
    return item < scores.length && (said[item >> 6] & 1L << item) != 0;
  }

  /**
   * A score that so many items reach, or a little less; 0 if there are fewer.
   *
   * @param onlySaid count only texts that have a term themselves
   */
  double among(int most, boolean onlySaid) {
    int[] histogram = new int[STEPS + 1];
    for (int i = 0; i < count; i++) {
      if (!onlySaid || says(touched[i])) {
        histogram[(int) Math.min(STEPS, scores[touched[i]] * STEPS)]++;
      }
    }
    int step = STEPS;
    for (int within = histogram[step]; step > 0 && within < most; within += histogram[step]) {
      step--;
    }
    return (double) step / STEPS;
  }
}
