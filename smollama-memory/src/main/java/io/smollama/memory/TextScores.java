package io.smollama.memory;

import java.util.Arrays;

/**
 * Writes down how well texts answer the terms of one query, term by term.
 *
 * <p>A term that neighbours have counts for a share of what it counts there, as one more chance
 * that the text is about it: what was said a moment ago is understood, and most of all what was
 * asked. Neighbours are items that one node recorded within minutes. Common terms are not lent, and
 * need not be gone through for every item: see {@link #complete}. One thread at a time.
 */
final class TextScores {
  /** What a term is worth one item after the one that has it, and so on. */
  private static final float[] AFTER = {0.6f, 0.5f, 0.3f, 0.3f};

  private static final float[] BEFORE = {0.4f, 0.4f, 0.2f, 0.2f};

  /** What a term of a question is worth to the item after it. */
  private static final float ANSWER = 1;

  private static final int REACH = 4;

  /** A power of two that holds an item and its neighbours on both sides. */
  private static final int WINDOW = 16;

  /** So many items at a time get all wide terms, so that their scores stay at hand. */
  private static final int STRETCH = 8 * ItemMarks.CHUNK;

  /** From so many scores an item on it is quicker to go over all items than to list those. */
  private static final double SWEPT_FROM = 1.0 / 16;

  private final ScoreSheet sheet;
  private final QueryTerms terms;
  private final ItemMarks marks;
  private final Admission admission;
  private final Postings.Block block = new Postings.Block();
  private final float[] window = new float[WINDOW];

  /**
   * Begins with an empty sheet.
   *
   * @param admission what it does not admit gets no score
   */
  TextScores(ScoreSheet sheet, QueryTerms terms, ItemMarks marks, Admission admission) {
    this.sheet = sheet;
    this.terms = terms;
    this.marks = marks;
    this.admission = admission;
    sheet.clear(marks.end());
  }

  /** Adds what all terms are worth: if many items have them, while going over all items once. */
  void addAll() {
    int common = terms.common();
    for (int i = 0; i < common; i++) {
      add(terms.get(i));
    }
    long held = 0;
    for (int i = common; i < terms.size(); i++) {
      held += terms.get(i).postings().count();
    }
    if (held > SWEPT_FROM * marks.count()) {
      sweep(common);
    } else {
      for (int i = common; i < terms.size(); i++) {
        add(terms.get(i));
      }
    }
  }

  /** Adds what a term is worth to all that have it, and to their neighbours if it is lent. */
  void add(QueryTerms.Term term) {
    if (term.lent()) {
      lend(term);
      return;
    }
    Postings postings = term.postings();
    for (int i = 0; i < postings.blocks(); i++) {
      postings.read(i, block);
      for (int j = 0; j < block.count && block.items[j] < marks.end(); j++) {
        sheet.add(block.items[j], term.weight() * own(block.items[j], block.times[j]));
      }
    }
  }

  /**
   * Adds what the terms from one on are worth to all that have them, whether the filter admits them
   * or not. What has a score is not listed then.
   */
  void sweep(int first) {
    ItemParts.each(marks.end(), (from, to) -> sweep(first, from, to)).forEach(sheet::swept);
  }

  private float sweep(int first, int from, int to) {
    Postings.Block some = new Postings.Block();
    float best = 0;
    for (int start = from; start < to; start += STRETCH) {
      int end = Math.min(to, start + STRETCH);
      for (int i = first; i < terms.size(); i++) {
        best = Math.max(best, sweep(terms.get(i), start, end, some));
      }
    }
    return best;
  }

  /** Gives the best score of an item that was added to and that the filter admits. */
  private float sweep(QueryTerms.Term term, int from, int to, Postings.Block some) {
    Postings postings = term.postings();
    float best = 0;
    int last = postings.blocks();
    for (int i = postings.blockOf(from, 0); i < last && postings.before(i) < to - 1; i++) {
      postings.read(i, some);
      for (int j = 0; j < some.count; j++) {
        int item = some.items[j];
        if (item >= from && item < to) {
          float own = terms.saturation(some.times[j], marks.lengthCode(item));
          float score = sheet.sweep(item, term.weight() * own);
          if (score > best && admission.admits(marks, item)) {
            best = score;
          }
        }
      }
    }
    return best;
  }

  /** Adds what a term is worth to some items alone, given by rising numbers. */
  void complete(QueryTerms.Term term, int[] items) {
    Postings postings = term.postings();
    int at = 0;
    int read = -1;
    int place = 0;
    for (int i = 0; i < items.length && postings.blocks() > 0; i++) {
      at = postings.blockOf(items[i], at);
      if (at != read) {
        postings.read(at, block);
        read = at;
        place = 0;
      }
      while (place < block.count && block.items[place] < items[i]) {
        place++;
      }
      if (place < block.count && block.items[place] == items[i]) {
        sheet.add(items[i], term.weight() * own(items[i], block.times[place]));
      }
    }
  }

  /**
   * How much a term says in a text that has it, 0 to 1; 0 if the filter does not admit the text.
   */
  private float own(int item, int times) {
    ItemMarks.Chunk chunk = marks.chunk(item);
    int slot = item & ItemMarks.CHUNK - 1;
    if (!admission.admits(chunk, slot, item)) {
      return 0;
    }
    sheet.says(item);
    return terms.saturation(times, chunk.lengths[slot]);
  }

  /**
   * Goes over the items of a term with a window on their neighbours, in which stands how probable
   * it is that a text is not about the term.
   */
  private void lend(QueryTerms.Term term) {
    Postings postings = term.postings();
    Arrays.fill(window, 1);
    int from = 0; // the first item whose worth is still open
    int to = 0; // one more than the last
    for (int i = 0; i < postings.blocks(); i++) {
      postings.read(i, block);
      for (int j = 0; j < block.count && block.items[j] < marks.end(); j++) {
        int item = block.items[j];
        close(from, Math.min(to, item - REACH), term.weight());
        from = Math.max(0, item - REACH);
        to = item + REACH + 1;
        spread(item, own(item, block.times[j]));
      }
    }
    close(from, to, term.weight());
  }

  /** Hands over what the term is worth to the items of the window that no later one reaches. */
  private void close(int from, int to, float weight) {
    for (int item = from; item < to; item++) {
      int place = item & WINDOW - 1;
      sheet.add(item, weight * (1 - window[place]));
      window[place] = 1;
    }
  }

  private void spread(int item, float own) {
    if (own == 0) {
      return;
    }
    window[item & WINDOW - 1] *= 1 - own;
    int after = item + 1;
    for (int step = 0; step < REACH && marks.has(after, ItemMarks.JOINED); step++) {
      boolean answers = step == 0 && marks.has(item, ItemMarks.QUESTION);
      lend(after++, own * (answers ? ANSWER : AFTER[step]));
    }
    int before = item;
    for (int step = 0; step < REACH && marks.has(before, ItemMarks.JOINED); step++) {
      lend(--before, own * BEFORE[step]);
    }
  }

  private void lend(int item, float worth) {
    if (admission.admits(marks, item)) {
      window[item & WINDOW - 1] *= 1 - worth;
    }
  }
}
