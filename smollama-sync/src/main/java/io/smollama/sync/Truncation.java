package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.sync.Change.ChainChange;
import java.util.List;
import java.util.Optional;

/** Cuts the beginning off a chain, where its origin has said so. */
final class Truncation {
  private Truncation() {}

  /** The change that declares and cuts; empty if there is nothing to cut. */
  static Change declared(LogStore store, Self self, int stream, long upTo, Stamp now) {
    ChainId chain = new ChainId(self.origin(), stream);
    ChainState before = store.chain(chain);
    Branch trunk = before.trunk();
    if (before.isForked() || !mayEndAt(trunk, upTo)) {
      return Change.of(self, self.lamport(), List.of());
    }
    Point mark = new Point(upTo, new ChainMap(store, before).idAt(trunk, upTo).orElseThrow());
    ChainState control = store.chain(new ChainId(self.origin(), ChainId.CONTROL));
    Draft draft = new TruncationMark(chain, mark).draft();
    return Change.of(
        self,
        self.lamport() + 1,
        List.of(
            Minting.appended(control, List.of(draft), self.lamport(), now),
            ChainChange.of(before, cutAt(before.marked(mark), mark))));
  }

  /** The change that cuts a chain at the highest mark in it; empty if it has forked or has none. */
  static Change dropped(LogStore store, Self self, ChainId chain) {
    ChainState before = store.chain(chain);
    ChainMap map = new ChainMap(store, before);
    Optional<Point> mark =
        before.marks().stream()
            .filter(point -> mayEndAt(before.trunk(), point.seq()) && map.holds(point))
            .reduce((lower, higher) -> higher);
    return before.isForked() || mark.isEmpty()
        ? Change.of(self, self.lamport(), List.of())
        : Change.of(
            self, self.lamport(), List.of(ChainChange.of(before, cutAt(before, mark.get()))));
  }

  /** The last entry stays: it tells a newcomer how far the chain goes. */
  private static boolean mayEndAt(Branch trunk, long seq) {
    return trunk.covers(seq) && seq < trunk.head().seq();
  }

  private static ChainState cutAt(ChainState state, Point mark) {
    return state.with(new Branch(Branch.TRUNK, mark, state.trunk().head()));
  }
}
