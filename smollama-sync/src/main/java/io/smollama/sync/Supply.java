package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.core.Tips;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
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
   * @param left how many entries did not fit
   * @param doubts what is held here of chains of which the peer has a tip that is not held here
   */
  record Page(List<Run> runs, long left, Frontier doubts) {}

  /** Answers a peer that asks for what it lacks. */
  PullReply answer(Pull pull) {
    Wanted wanted = Wanted.of(store, pull);
    Page page = above(wanted.chains(), pull.frontier(), pull.samples(), pull.maxBytes());
    return new PullReply(page.runs(), page.left(), page.doubts(), wanted.next());
  }

  /** A page of what a peer lacks of the chains that its frontier names. */
  Page missing(Frontier known, int maxBytes) {
    return above(store.states(known.chains().keySet()), known, maxBytes);
  }

  /** A page of what a peer lacks of these chains, none of which is in doubt. */
  Page above(SortedMap<ChainId, ChainState> chains, Frontier known, int maxBytes) {
    return above(chains, known, new TreeMap<>(), maxBytes);
  }

  /**
   * A page of what a peer lacks.
   *
   * @param chains which chains to look at
   * @param known what the peer holds
   * @param samples more of what it holds, of chains that were in doubt
   */
  Page above(
      SortedMap<ChainId, ChainState> chains,
      Frontier known,
      Map<ChainId, SortedSet<Point>> samples,
      int maxBytes) {
    TreeMap<ChainId, Tips> doubts = new TreeMap<>();
    List<Packing.Item> items = new ArrayList<>();
    for (ChainState state : inTurn(chains, known)) {
      ChainId chain = state.chain();
      Missing.Answer missing =
          Missing.of(
              new ChainMap(store, state),
              known.tips(chain),
              samples.getOrDefault(chain, Collections.emptySortedSet()));
      missing.stretches().forEach(stretch -> items.add(new Packing.Item(chain, stretch)));
      if (missing.inDoubt()) {
        doubts.put(chain, state.tips());
      }
    }
    Packing packing = new Packing(store, items);
    List<Run> runs = packing.pack(Math.min(maxBytes, Limits.MESSAGE_BYTES));
    return new Page(runs, packing.left(), Frontier.of(doubts));
  }

  /**
   * Begins with another chain whenever the peer has come further, so that none is always the last.
   */
  private static List<ChainState> inTurn(SortedMap<ChainId, ChainState> chains, Frontier known) {
    long turn = known.chains().values().stream().mapToLong(Tips::highest).sum();
    List<ChainState> states = new ArrayList<>(chains.values());
    Collections.rotate(states, states.isEmpty() ? 0 : (int) (turn % states.size()));
    return states;
  }
}
