package io.smollama.memory;

import java.util.Comparator;
import java.util.List;

/**
 * The terms of a query, the rarest first, and what each is worth: BM25 (Robertson and Zaragoza,
 * "The Probabilistic Relevance Framework", 2009) as a share of the most that any text could get, so
 * that 1 means "has every term, many times" and a stray common word counts little. Immutable, but
 * for its postings.
 */
final class QueryTerms {
  private static final double K1 = 0.9;
  private static final double B = 0.4;

  /** How often a term stands in a text, up to here from a table. */
  private static final int TABLED = 4;

  /** Terms in a larger share of all items, or in more of them, tell nothing of a neighbour. */
  private static final double LENT_BELOW = 0.2;

  private static final int MOST_LENT = 500;

  /** Terms in a larger share of all items are wide. */
  private static final double WIDE_FROM = 1.0 / 32;

  private static final int LENGTHS = 256;

  private final List<Term> terms;
  private final int common;
  private final float[] rest;
  private final float[] denominators = new float[LENGTHS];
  private final float[] saturations = new float[TABLED * LENGTHS];

  /**
   * A term of a query.
   *
   * @param weight what it would be worth to a text that has nothing else
   * @param most the most that it is worth to any text
   * @param lent whether it counts for the neighbours of a text that has it
   * @param wide whether so many have it that it is quicker to go over all items once
   */
  record Term(Postings postings, float weight, float most, boolean lent, boolean wide) {}

  QueryTerms(List<Postings> postings, ItemMarks marks) {
    double mean = marks.meanLength();
    for (int code = 0; code < LENGTHS; code++) {
      denominators[code] = (float) (K1 * (1 - B + B * TextLength.decode((byte) code) / mean));
      for (int times = 1; times < TABLED; times++) {
        saturations[times * LENGTHS + code] = times / (times + denominators[code]);
      }
    }
    double bound = postings.stream().mapToDouble(some -> rarity(some, marks.count())).sum();
    this.terms =
        postings.stream()
            .sorted(Comparator.comparingInt(Postings::count))
            .map(some -> term(some, rarity(some, marks.count()) / bound, marks.count()))
            .toList();
    this.common = (int) terms.stream().filter(Term::lent).count();
    this.rest = new float[terms.size() + 1];
    for (int i = terms.size() - 1; i >= 0; i--) {
      rest[i] = rest[i + 1] + terms.get(i).most();
    }
  }

  private Term term(Postings postings, double weight, int items) {
    float most = (float) weight * saturation(postings.mostTimes(), (byte) 0);
    boolean lent = postings.count() <= Math.min(MOST_LENT, LENT_BELOW * items);
    boolean wide = !lent && postings.count() > Math.max(MOST_LENT, WIDE_FROM * items);
    return new Term(postings, (float) weight, most, lent, wide);
  }

  private static double rarity(Postings term, int items) {
    int having = Math.min(term.count(), items);
    return Math.log(1 + (items - having + 0.5) / (having + 0.5));
  }

  /** How much of its weight a term that stands so often counts for in a text of such length. */
  float saturation(int times, byte lengthCode) {
    int code = lengthCode & 0xFF;
    return times < TABLED
        ? saturations[times * LENGTHS + code]
        : times / (times + denominators[code]);
  }

  int size() {
    return terms.size();
  }

  /** The first term that is not lent; after it none is. */
  int common() {
    return common;
  }

  Term get(int index) {
    return terms.get(index);
  }

  /** The most that the terms from one on are worth to any text together. */
  float rest(int from) {
    return rest[from];
  }
}
