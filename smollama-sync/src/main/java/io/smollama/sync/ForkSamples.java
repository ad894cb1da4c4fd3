package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Point;
import io.smollama.core.Tips;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Points of the own lines of chains in doubt, from which a peer tells where its lines part from
 * these. One thread at a time.
 */
final class ForkSamples {
  /** What is beyond this comes up again in a later exchange. */
  private static final int MOST = 4_000;

  private final TreeMap<ChainId, SortedSet<Point>> chains = new TreeMap<>();

  SortedMap<ChainId, SortedSet<Point>> chains() {
    return chains;
  }

  boolean isEmpty() {
    return chains.isEmpty();
  }

  int size() {
    return chains.values().stream().mapToInt(SortedSet::size).sum();
  }

  void clear() {
    chains.clear();
  }

  /** A peer whose tips are all held here is only behind; otherwise the lines have parted. */
  void doubt(ChainMap mine, Tips theirs) {
    if (size() < MOST && !theirs.heads().stream().allMatch(mine::holds)) {
      chains.computeIfAbsent(mine.state().chain(), c -> new TreeSet<>()).addAll(mine.samples());
    }
  }

  /**
   * What was sent of a line is held by both now; if it was not new, the next page must not begin
   * with it again.
   */
  void learn(Run run, Replica replica) {
    SortedSet<Point> known = chains.get(run.chain());
    if (known != null && !run.entries().isEmpty()) {
      Point last = Points.of(run.last());
      if (replica.map(run.chain()).holds(last)) {
        known.add(last);
      }
    }
  }
}
