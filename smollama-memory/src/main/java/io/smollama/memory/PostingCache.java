package io.smollama.memory;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The postings of the terms asked for last, up to a number of bytes. One thread at a time. */
final class PostingCache {
  /** What a list costs besides its bytes: two objects, an array and its place in the map. */
  private static final int OVERHEAD = 200;

  private final long capacity;
  private final LinkedHashMap<String, Postings> terms = new LinkedHashMap<>(64, 0.75f, true);
  private long size;

  PostingCache(long capacity) {
    this.capacity = capacity;
  }

  @Nullable Postings get(String term) {
    return terms.get(term);
  }

  void put(String term, Postings postings) {
    size += postings.size() + OVERHEAD;
    terms.put(term, postings);
    Iterator<Map.Entry<String, Postings>> oldest = terms.entrySet().iterator();
    while (size > capacity && oldest.hasNext()) {
      size -= oldest.next().getValue().size() + OVERHEAD;
      oldest.remove();
    }
  }

  /** Adds an item to a list that is here; a list that it cannot follow is dropped. */
  void append(String term, int item, int times) {
    Postings known = terms.get(term);
    if (known == null) {
      return;
    }
    size -= known.size() + OVERHEAD;
    terms.remove(term);
    if (known.last() < item) {
      known.add(item, times);
      put(term, known);
    }
  }

  boolean isEmpty() {
    return terms.isEmpty();
  }

  void clear() {
    terms.clear();
    size = 0;
  }
}
