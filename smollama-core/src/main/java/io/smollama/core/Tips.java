package io.smollama.core;

import java.util.List;

/**
 * What is held of one chain, exactly: the last entry of every line. A chain that never forked has
 * one tip. Who names the same tips holds the same entries, but for what was cut off. Immutable.
 *
 * @param cut everything up to this place may be gone; 0 if nothing is
 * @param heads the last entries, sorted, at most {@link #MOST}; none if nothing of the chain was
 *     ever held
 */
public record Tips(long cut, List<Point> heads) {
  /** The most lines of a chain; an honest origin forks once or twice before it notices. */
  public static final int MOST = 64;

  /** Nothing of a chain. */
  public static final Tips NONE = new Tips(0, List.of());

  public Tips {
    if (cut < 0 || heads.size() > MOST) {
      throw new IllegalArgumentException(
          "A chain is cut at 0 or above and has at most %d tips, was %d and %d"
              .formatted(MOST, cut, heads.size()));
    }
    heads = heads.size() > 1 ? heads.stream().sorted().distinct().toList() : List.copyOf(heads);
  }

  /** The highest place that is held; 0 if none is. */
  public long highest() {
    return heads.isEmpty() ? 0 : heads.get(heads.size() - 1).seq();
  }
}
