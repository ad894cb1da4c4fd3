package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Point;
import io.smollama.sync.Change.ChainChange;
import java.util.List;
import java.util.Optional;

/** Cuts the beginning off a chain, where its origin has said so. */
final class Truncation {
  private Truncation() {}

  /** The change that declares and cuts; empty if there is nothing to cut. */
  static Change declared(LogStore store, Self self, int stream, long keepFrom, Stamp now) {
    ChainId chain = new ChainId(self.origin(), stream);
    ChainState before = store.chain(chain);
    if (!cuts(before, keepFrom)) {
      return Change.of(self, self.lamport(), List.of());
    }
    Entry first = first(store, before, keepFrom);
    ChainState control = store.chain(new ChainId(self.origin(), ChainId.CONTROL));
    Draft draft = new TruncationMark(chain, Points.of(first)).draft();
    ChainState after = cutBefore(before.marked(Points.of(first)), first);
    long lamport = store.self().lamport(); // as late as the control chain, which was read before
    return Change.of(
        self,
        lamport + 1,
        List.of(
            Minting.appended(control, List.of(draft), lamport, now),
            ChainChange.of(before, after)));
  }

  /** The change that cuts a chain at the highest mark in it; empty if it has forked or has none. */
  static Change dropped(LogStore store, Self self, ChainId chain) {
    ChainState before = store.chain(chain);
    ChainMap map = new ChainMap(store, before);
    Optional<Point> mark =
        before.marks().stream()
            .filter(point -> cuts(before, point.seq()) && map.holds(point))
            .reduce((lower, higher) -> higher);
    List<ChainChange> cut =
        mark.map(point -> first(store, before, point.seq()))
            .map(first -> List.of(ChainChange.of(before, cutBefore(before, first))))
            .orElse(List.of());
    return Change.of(self, self.lamport(), cut);
  }

  private static boolean cuts(ChainState state, long keepFrom) {
    return !state.isForked() && state.trunk().covers(keepFrom) && keepFrom > state.cut().seq() + 1;
  }

  private static Entry first(LogStore store, ChainState state, long seq) {
    return new ChainMap(store, state).heldAt(state.trunk(), seq);
  }

  private static ChainState cutBefore(ChainState state, Entry first) {
    Branch trunk = new Branch(Branch.TRUNK, Points.before(first), state.trunk().head());
    return state.with(trunk);
  }
}
