package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import java.util.Optional;

/** Which chains are spoken of, when there are so many that it is in turn. One thread at a time. */
final class ChainTurn {
  private Optional<ChainId> from = Optional.empty();
  private Optional<ChainId> end = Optional.empty();

  /** What of a frontier is spoken of. */
  Frontiers.Slice slice(Frontier frontier) {
    return Frontiers.slice(frontier, from);
  }

  ChainRange range(Frontiers.Slice slice) {
    return new ChainRange(from, slice.end());
  }

  /** The peer spoke of those before this one only; empty if of all. */
  void endsAt(Optional<ChainId> first) {
    end = first;
  }

  /** Goes on to the next chains; false if there are none. */
  boolean next(Frontier frontier) {
    ChainRange spokenOf = range(slice(frontier));
    boolean peerSaidLess = end.isPresent() && spokenOf.contains(end.get()) && !end.equals(from);
    from = peerSaidLess ? end : spokenOf.to();
    end = Optional.empty();
    return from.isPresent();
  }
}
