package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.core.Tips;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads for a view what lies beyond its frontier, forks included. Unlike a peer, a view can take in
 * whatever it is given; a tip that is not held here stands for nothing but itself. One thread at a
 * time.
 */
final class EntriesAbove {
  private final LogStore store;
  private final Frontier known;
  private final int limit;
  private final List<Entry> entries = new ArrayList<>();
  private final TreeMap<ChainId, Tips> grown;

  private EntriesAbove(LogStore store, Frontier known, int limit) {
    this.store = store;
    this.known = known;
    this.limit = limit;
    this.grown = new TreeMap<>(known.chains());
  }

  /**
   * A page.
   *
   * @param frontier what the view holds with it
   */
  record Page(List<Entry> entries, Frontier frontier) {}

  /**
   * Reads a page.
   *
   * @param store as it is at one moment
   * @param chains where to look, in this order
   */
  static Page read(LogStore store, Iterable<ChainId> chains, Frontier known, int limit) {
    EntriesAbove above = new EntriesAbove(store, known, limit);
    for (ChainId chain : chains) {
      if (above.entries.size() < limit) {
        above.readChain(new ChainMap(store, store.chain(chain)));
      }
    }
    return new Page(above.entries, new Frontier(above.grown));
  }

  private void readChain(ChainMap map) {
    ChainState state = map.state();
    Map<String, Long> held = new HashMap<>();
    TreeSet<Point> tips = new TreeSet<>();
    TreeSet<Point> elsewhere = new TreeSet<>();
    for (Point tip : known.tips(state.chain()).heads()) {
      if (note(map, tip, held)) {
        tips.add(tip);
      } else if (tip.seq() > state.cut().seq()) {
        elsewhere.add(tip);
      }
    }
    if (tips.size() > 1) {
      tips.removeIf(tip -> isPassed(map, tip, held));
    }
    List<Branch> parentsFirst = new ArrayList<>(state.branches());
    parentsFirst.sort(Comparator.comparingLong(branch -> branch.parent().seq()));
    for (Branch branch : parentsFirst) {
      read(state.chain(), branch, held.getOrDefault(branch.label(), branch.parent().seq()), tips);
    }
    while (tips.size() < Tips.MOST && !elsewhere.isEmpty()) {
      tips.add(elsewhere.pollLast());
    }
    grown.put(state.chain(), new Tips(state.cut().seq(), List.copyOf(tips)));
  }

  /** Notes up to where each branch is known if this point is; false if it is not held here. */
  private static boolean note(ChainMap map, Point tip, Map<String, Long> held) {
    Optional<Branch> found = map.locate(tip);
    long upTo = tip.seq();
    for (Optional<Branch> on = found; on.isPresent(); on = map.parentOf(on.get())) {
      held.merge(on.get().label(), upTo, Math::max);
      upTo = on.get().parent().seq();
    }
    return found.isPresent();
  }

  /** Whether another of the known tips comes after this one. */
  private static boolean isPassed(ChainMap map, Point tip, Map<String, Long> held) {
    Branch branch = map.locate(tip).orElseThrow();
    return held.getOrDefault(branch.label(), 0L) > tip.seq()
        || map.state().childrenOf(tip).anyMatch(child -> held.containsKey(child.label()));
  }

  private void read(ChainId chain, Branch branch, long after, TreeSet<Point> tips) {
    int room = limit - entries.size();
    if (room > 0 && after < branch.head().seq()) {
      for (Entry entry : store.entries(chain, branch.label(), after, room)) {
        entries.add(entry);
        tips.remove(Points.before(entry));
        tips.add(Points.of(entry));
      }
    }
  }
}
