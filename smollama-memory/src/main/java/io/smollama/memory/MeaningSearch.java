package io.smollama.memory;

import io.smollama.memory.ExactComparison.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Chooses, for one query, what is worth an exact comparison by words and meaning: the nearest, the
 * best by words, and the best by both as far as estimates tell. One thread at a time.
 */
final class MeaningSearch {
  /** So many by meaning, whatever their words. */
  static final int NEAR = 600;

  /** Scores are compared as floats. */
  private static final double ROUNDING = 1e-5;

  private final ScoreSheet sheet;
  private final ItemMarks marks;
  private final Estimates estimates;
  private final WordedItems worded;
  private final int limit;

  /**
   * Begins a search.
   *
   * @param limit how many of the best are asked for
   */
  MeaningSearch(
      ScoreSheet sheet, ItemMarks marks, Estimates estimates, WordedItems worded, int limit) {
    this.sheet = sheet;
    this.marks = marks;
    this.estimates = estimates;
    this.worded = worded;
    this.limit = limit;
  }

  /** The best of some items by meaning, and by words as well. */
  private record Part(NearestItems nearest, WordedItems.Best worded) {}

  /** What may be among the best, once the sheet has the scores of all words. */
  List<Candidate> candidates() {
    estimates.weigh();
    BestItems nearest = new BestItems(Math.max(NEAR, limit));
    WordedItems.Best best = worded.none();
    for (Part part : ItemParts.each(marks.end(), this::compare)) {
      nearest.offerAll(part.nearest().best());
      best.offerAll(part.worded());
    }
    if (!sheet.isSwept()) {
      best.offerListed(estimates.most(0, nearest.least()));
    }
    return candidates(distinct(nearest.items(), best.worded(), best.said()));
  }

  /** Looks at what has words right after comparing it, while all of that is at hand. */
  private Part compare(int from, int to) {
    Part part = new Part(estimates.nearest(Math.max(NEAR, limit)), worded.none());
    for (int start = from; start < to; start += ItemMarks.CHUNK) {
      int count = Math.min(ItemMarks.CHUNK, to - start);
      part.nearest().compare(start, count);
      if (sheet.isSwept()) {
        part.worded().offer(start, count);
      }
    }
    return part;
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

  private static int[] distinct(int[]... some) {
    return Stream.of(some).flatMapToInt(Arrays::stream).sorted().distinct().toArray();
  }
}
