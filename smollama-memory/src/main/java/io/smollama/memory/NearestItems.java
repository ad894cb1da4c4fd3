package io.smollama.memory;

/**
 * The roughly nearest of the items that it has compared with a query, chunk by chunk, of those that
 * have a vector and that the filter admits. One thread at a time.
 */
final class NearestItems {
  private final VectorIndex vectors;
  private final QuerySketch query;
  private final ItemMarks marks;
  private final Admission admission;
  private final BestItems best;
  private float bar;

  /** Of each length code, in how many signs an item may differ to be among the nearest. */
  private short[] limits;

  NearestItems(
      VectorIndex vectors, QuerySketch query, int most, ItemMarks marks, Admission admission) {
    this.vectors = vectors;
    this.query = query;
    this.marks = marks;
    this.admission = admission;
    this.best = new BestItems(most);
    this.bar = best.bar();
    this.limits = query.limits(bar);
  }

  /** Compares so many items of one chunk. */
  void compare(int start, int count) {
    if (!vectors.compare(query, start, count)) {
      return;
    }
    ItemMarks.Chunk marked = marks.chunk(start);
    byte[] lengths = vectors.lengths(start);
    for (int slot = 0; slot < count; slot++) {
      int bits = vectors.differing(start + slot);
      if (bits <= limits[lengths[slot] & 0xFF]
          && (marked.marks[slot] & ItemMarks.VECTOR) != 0
          && admission.admits(marked, slot, start + slot)) {
        best.offer(start + slot, query.rough(bits, lengths[slot]));
      }
    }
    if (best.bar() > bar) {
      bar = best.bar();
      limits = query.limits(bar);
    }
  }

  BestItems best() {
    return best;
  }
}
