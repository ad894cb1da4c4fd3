package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ReplicaId;
import io.smollama.sync.Change.ChainChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How a replica goes on under a new origin, in the same commit that takes note of why. One thread
 * at a time.
 */
final class Succession {
  private final String nodeName;
  private final Supplier<ReplicaId> freshIds;

  Succession(String nodeName, Supplier<ReplicaId> freshIds) {
    this.nodeName = nodeName;
    this.freshIds = freshIds;
  }

  /** The change, and the first entry of a successor behind it. */
  Change following(Change change, Self self, Continuity.Break reason, Stamp now) {
    ReplicaId origin = freshIds.get();
    long incarnation = self.incarnation() + 1;
    long lamport = Math.max(change.lamport(), self.lamport());
    Draft genesis =
        Genesis.draft(nodeName, Optional.empty(), incarnation, reason, Set.of(self.origin()));
    ChainState control = ChainState.empty(new ChainId(origin, ChainId.CONTROL));
    List<ChainChange> chains = new ArrayList<>(change.chains());
    chains.add(Minting.appended(control, List.of(genesis), lamport, now));
    return new Change(
        change.writer(),
        lamport + 1,
        Optional.of(new Self(origin, incarnation, lamport + 1)),
        chains,
        change.quarantined());
  }

  /** Only the succession. */
  Change of(Self self, Continuity.Break reason, Stamp now) {
    return following(Change.of(self, self.lamport(), List.of()), self, reason, now);
  }
}
