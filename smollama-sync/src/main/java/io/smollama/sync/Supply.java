package io.smollama.sync;

import io.smollama.core.ChainId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Gives what lies above a frontier, in messages of bounded size. One thread at a time. */
final class Supply {
  private final LogStore store;

  Supply(LogStore store) {
    this.store = store;
  }

  /**
   * What one message carries.
   *
   * @param more whether there is more than fitted
   * @param doubts what is held here of chains of which the peer has a tip that is not held here
   */
  record Page(List<Run> runs, boolean more, LogFrontier doubts) {}

  /**
   * A page of what a peer lacks.
   *
   * @param chains which chains to look at
   * @param known what the peer holds
   * @param samples more of what it holds, of chains that were in doubt
   */
  Page above(
      SortedMap<ChainId, ChainState> chains,
      LogFrontier known,
      Map<ChainId, SortedSet<Point>> samples,
      int maxBytes) {
    TreeMap<ChainId, Tips> doubts = new TreeMap<>();
    List<Packing.Item> items = new ArrayList<>();
    long turn = 0;
    boolean later = false;
    for (ChainState state : chains.values()) {
      ChainId chain = state.chain();
      Tips tips = known.tips(chain);
      turn += tips.highest();
      Missing.Answer missing =
          Missing.of(
              new ChainMap(store, state),
              tips,
              samples.getOrDefault(chain, Collections.emptySortedSet()));
      missing.stretches().forEach(stretch -> items.add(new Packing.Item(chain, stretch)));
      later |= missing.later();
      if (missing.inDoubt()) {
        doubts.put(chain, state.tips());
      }
    }
    Packing packing = new Packing(store, items, turn);
    List<Run> runs = packing.pack(Math.min(maxBytes, Limits.MESSAGE_BYTES));
    return new Page(runs, later || packing.leftOver(), LogFrontier.of(doubts));
  }
}
