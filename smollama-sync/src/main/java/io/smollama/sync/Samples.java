package io.smollama.sync;

import io.smollama.core.ChainId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Points of chains whose lines have parted, to tell a peer where. One thread at a time. */
final class Samples {
  /** What is beyond this comes up again in a later exchange. */
  private static final int MOST = 4_000;

  private final Replica replica;
  private final TreeMap<ChainId, SortedSet<Point>> points = new TreeMap<>();

  Samples(Replica replica) {
    this.replica = replica;
  }

  SortedMap<ChainId, SortedSet<Point>> all() {
    return Collections.unmodifiableSortedMap(points);
  }

  int count() {
    return points.values().stream().mapToInt(SortedSet::size).sum();
  }

  void clear() {
    points.clear();
  }

  /** A peer whose tips are all held here is only behind; otherwise the lines have parted. */
  void doubt(ChainId chain, Tips theirs) {
    ChainMap mine = replica.map(chain);
    if (count() < MOST && !theirs.heads().stream().allMatch(mine::holds)) {
      points.computeIfAbsent(chain, c -> new TreeSet<>()).addAll(mine.samples());
    }
  }

  /**
   * What was sent of a line is held by both now; if it was not new, the next page must not begin
   * with it again.
   */
  void learn(Run run) {
    SortedSet<Point> known = points.get(run.chain());
    if (known != null && !run.entries().isEmpty()) {
      Point last = Point.of(run.last());
      if (replica.map(run.chain()).holds(last)) {
        known.add(last);
      }
    }
  }
}
