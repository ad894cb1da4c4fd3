package io.smollama.memory;

import java.util.HashMap;
import java.util.Map;

/**
 * Small numbers for words that come back often, such as the names of nodes. A journal of others may
 * bring any number of names: when the numbers are used up, further names share the last one. One
 * thread at a time.
 */
final class NameCodes {
  private final Map<String, Integer> codes = new HashMap<>();
  private final int last;

  NameCodes(int bits) {
    this.last = (1 << bits) - 1;
  }

  /** The number of a name, given to it if it has none. */
  int of(String name) {
    Integer known = codes.get(name);
    if (known != null) {
      return known;
    }
    if (codes.size() >= last) {
      return last;
    }
    codes.put(name, codes.size());
    return codes.size() - 1;
  }

  /** The number of a name that was given one; -1 for a name that no item has. */
  int find(String name) {
    return codes.getOrDefault(name, codes.size() < last ? -1 : last);
  }

  /** Whether several names share this number. */
  boolean isShared(int code) {
    return code == last;
  }
}
