package io.smollama.sync;

import io.smollama.core.ReplicaId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a store is to do in one transaction, all or nothing: the effect of the core's decisions,
 * which were made from what the store said before. Immutable.
 *
 * @param writer who writes; the store must still say so
 * @param lamport the clock is raised to at least this
 * @param successor who writes from now on, if continuity was lost
 * @param chains what becomes of the chains, each at most once
 * @param quarantined what was refused for good
 */
public record Change(
    ReplicaId writer,
    long lamport,
    Optional<Self> successor,
    List<ChainChange> chains,
    List<Quarantined> quarantined) {

  public Change {
    Objects.requireNonNull(writer, "writer");
    Objects.requireNonNull(successor, "successor");
    chains = List.copyOf(chains);
    quarantined = List.copyOf(quarantined);
  }

  /**
   * What becomes of one chain. Entries of the trunk up to the new state's cut are deleted.
   * Immutable.
   *
   * @param before what the store said; it must still say so
   * @param after what it says from then on
   * @param splits entries that come under another label, done before anything is added
   * @param added entries that are new
   */
  public record ChainChange(
      ChainState before, ChainState after, List<Split> splits, List<Added> added) {
    public ChainChange {
      Objects.requireNonNull(before, "before");
      Objects.requireNonNull(after, "after");
      splits = List.copyOf(splits);
      added = List.copyOf(added);
    }

    /** Only the state changes. */
    static ChainChange of(ChainState before, ChainState after) {
      return new ChainChange(before, after, List.of(), List.of());
    }
  }

  /**
   * The entries of a branch behind a fork become a branch of their own. Immutable.
   *
   * @param from the label that they had
   * @param above those with higher sequence numbers are meant
   * @param to the label that they get
   */
  public record Split(String from, long above, String to) {}

  /**
   * Entries that are new. Immutable.
   *
   * @param label the branch that they belong to
   * @param entries in the order of their sequence numbers
   */
  public record Added(String label, List<Entry> entries) {
    public Added {
      entries = List.copyOf(entries);
    }
  }

  /** Only chains change. */
  static Change of(Self self, long lamport, List<ChainChange> chains) {
    return new Change(self.origin(), lamport, Optional.empty(), chains, List.of());
  }

  /** Whether there is nothing to do. */
  boolean isEmpty() {
    return chains.isEmpty() && quarantined.isEmpty() && successor.isEmpty();
  }
}
