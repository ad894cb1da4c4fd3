package io.smollama.memory;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * How well texts answer the terms of a query: BM25 (Robertson and Zaragoza, "The Probabilistic
 * Relevance Framework", 2009) as a share of the most that any text could get, so that 1 means "has
 * every term, many times" and a stray common word counts little.
 *
 * <p>A term that an item lacks but a neighbour has counts for a share of what it counts there: what
 * was said a moment ago is understood. Neighbours are items that one node recorded within minutes.
 * Terms in more than a fifth of all items are not lent, they tell nothing of a neighbour. One
 * thread at a time; the arrays are used again for each query.
 */
final class TextScores {
  private static final double K1 = 0.9;
  private static final double B = 0.4;

  /** What a term is worth one and two items after the one that has it, and before it. */
  private static final float[] AFTER = {0.5f, 0.25f};

  private static final float[] BEFORE = {0.3f, 0.15f};
  private static final double LENT_BELOW = 0.2;

  private final ItemMarks marks;
  private float[] scores = new float[0];
  private int[] touched = new int[1_024];
  private int count;
  private final BitSet said = new BitSet();
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
    for (Postings term : terms) {
      float weight = (float) (rarity(term) * (K1 + 1) / bound);
      boolean lent = term.count() <= LENT_BELOW * marks.count();
      Window window = new Window(lent, admission);
      term.each((item, times) -> add(window, item, times, weight, admission));
      window.flush(Integer.MAX_VALUE);
    }
  }

  private double rarity(Postings term) {
    int having = Math.min(term.count(), marks.count());
    return Math.log(1 + (marks.count() - having + 0.5) / (having + 0.5));
  }

  private void add(Window window, int item, int times, float weight, Admission admission) {
    if (item >= marks.end() || !admission.admits(marks, item)) {
      return;
    }
    int code = marks.chunk(item).lengths[item & ItemMarks.CHUNK - 1] & 0xFF;
    float worth = weight * times / (times + saturation[code]);
    said.set(item);
    window.add(item, worth);
  }

  private void touch(int item, float worth) {
    if (scores[item] == 0) {
      if (count == touched.length) {
        touched = Arrays.copyOf(touched, count * 2);
      }
      touched[count++] = item;
    }
    scores[item] += worth;
  }

  private void clear() {
    for (int i = 0; i < count; i++) {
      scores[touched[i]] = 0;
    }
    count = 0;
    said.clear();
    if (scores.length < marks.end()) {
      scores = new float[marks.end() + marks.end() / 8];
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
    return said.get(item);
  }

  /** What a term is worth to the five items around the one whose posting came last. */
  private final class Window {
    private static final int REACH = 2;

    private final float[] worth = new float[2 * REACH + 1];
    private final boolean lent;
    private final Admission admission;
    private int first = -1;

    Window(boolean lent, Admission admission) {
      this.lent = lent;
      this.admission = admission;
    }

    void add(int item, float own) {
      if (!lent) {
        touch(item, own);
        return;
      }
      flush(item - REACH);
      raise(item, own);
      for (int step = 1; step <= REACH && marks.has(item + step, ItemMarks.JOINED); step++) {
        raise(item + step, own * AFTER[step - 1]);
      }
      for (int step = 1; step <= REACH && marks.has(item - step + 1, ItemMarks.JOINED); step++) {
        raise(item - step, own * BEFORE[step - 1]);
      }
    }

    private void raise(int item, float value) {
      int place = item - first;
      worth[place] = Math.max(worth[place], value);
    }

    /** Hands over what lies before an item, which becomes the first of the window. */
    void flush(int next) {
      for (int i = 0; i < worth.length; i++) {
        int item = first + i;
        if (worth[i] > 0 && item < next && admission.admits(marks, item)) {
          touch(item, worth[i]);
        }
      }
      int moved = (int) Math.min((long) next - first, worth.length);
      if (moved > 0) {
        System.arraycopy(worth, moved, worth, 0, worth.length - moved);
        Arrays.fill(worth, worth.length - moved, worth.length, 0);
      }
      first = next;
    }
  }
}
