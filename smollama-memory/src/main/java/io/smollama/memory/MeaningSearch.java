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

  /** So many tell what the best have for sure. */
  private static final int TELLING = 64;

  /** Scores are compared as floats. */
  private static final double ROUNDING = 1e-5;

  private final ScoreSheet sheet;
  private final Estimates estimates;
  private final WordedItems worded;
  private final int limit;
  private final int[] near;
  private final double border;

  /**
   * Searches among what a query has been compared with.
   *
   * @param nearest what {@link VectorIndex#compare} found
   * @param limit how many of the best are asked for
   */
  MeaningSearch(
      ScoreSheet sheet, Estimates estimates, WordedItems worded, BestItems nearest, int limit) {
    this.sheet = sheet;
    this.estimates = estimates;
    this.worded = worded;
    this.border = nearest.least();
    this.near = nearest.items();
    this.limit = limit;
  }

  /** What may be among the best; its text scores are complete. */
  List<Candidate> candidates(QueryTerms terms, TextScores text) {
    int next = 0;
    while (next < terms.size() && !terms.get(next).wide()) {
      text.add(terms.get(next++));
    }
    estimates.weigh();
    if (next < terms.size() && matterBeyondTheNearest(terms.rest(next))) {
      text.sweep(next);
    } else if (next < terms.size()) {
      int[] open = open(terms.rest(next));
      for (; next < terms.size(); next++) {
        text.complete(terms.get(next), open);
      }
    }
    estimates.weigh();
    return candidates(chosen());
  }

  /** Whether terms may lift what has no other above the best, unless it is among the nearest. */
  private boolean matterBeyondTheNearest(double rest) {
    return estimates.product(bar() - rest) <= border;
  }

  /** Those of some that may be among the best, told from estimates and how wrong they may be. */
  private List<Candidate> candidates(int[] chosen) {
    double[] most = new double[chosen.length];
    BestItems best = new BestItems(limit);
    for (int i = 0; i < chosen.length; i++) {
      double estimate = estimates.good(chosen[i]);
      double doubt = estimates.doubt(chosen[i]);
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

  /** Those that may yet be among the best, if they get so much more; and all that are near. */
  private int[] open(double rest) {
    double bar = bar() - rest - estimates.roughDoubt();
    int[] open = Arrays.copyOf(near, near.length + sheet.count());
    int count = near.length;
    double spare = spare();
    for (int i = 0; i < sheet.count(); i++) {
      int item = sheet.item(i);
      if (sheet.of(item) + spare > bar && estimates.rough(item) > bar) {
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
    return estimates.most(0, border);
  }

  /** What the last of the best has at least, told from the few that seem the best. */
  private double bar() {
    BestItems few = new BestItems(Math.max(TELLING, 2 * limit));
    for (int item : near) {
      if (sheet.of(item) == 0) { // else it is among the scored
        few.offer(item, (float) estimates.rough(item));
      }
    }
    worded.offerListed(few, spare());
    BestItems best = new BestItems(limit);
    for (int item : few.items()) {
      best.offer(item, (float) (estimates.good(item) - estimates.doubt(item)));
    }
    return best.least();
  }

  private int[] chosen() {
    WordedItems.Best best = worded.choose(spare());
    int[] most = best.worded().items();
    int[] some = best.said().items();
    int[] all = Arrays.copyOf(near, near.length + most.length + some.length);
    System.arraycopy(most, 0, all, near.length, most.length);
    System.arraycopy(some, 0, all, near.length + most.length, some.length);
    return distinct(all);
  }
}
