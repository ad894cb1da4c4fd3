package io.smollama.sync;

import io.smollama.core.EntryId;
import io.smollama.core.JournalException;
import io.smollama.core.Point;
import io.smollama.core.Tips;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds places in a chain that is held, reading as few entries as it can. One thread at a time. */
final class ChainMap {
  private final LogStore store;
  private final ChainState state;

  ChainMap(LogStore store, ChainState state) {
    this.store = store;
    this.state = state;
  }

  ChainState state() {
    return state;
  }

  /**
   * The branch that has this point; its start counts for the trunk only. Empty if it is not held.
   */
  Optional<Branch> locate(Point point) {
    if (point.equals(state.cut())) {
      return Optional.of(state.trunk());
    }
    for (Branch branch : state.branches()) {
      if (branch.covers(point.seq()) && idAt(branch, point.seq()).equals(Optional.of(point.id()))) {
        return Optional.of(branch);
      }
    }
    return Optional.empty();
  }

  boolean holds(Point point) {
    return locate(point).isPresent();
  }

  /** Whether any of these is not held and was not cut off. */
  boolean lacks(Tips theirs) {
    return theirs.heads().stream().anyMatch(tip -> tip.seq() >= state.cut().seq() && !holds(tip));
  }

  Optional<EntryId> idAt(Branch branch, long seq) {
    return seq == branch.head().seq()
        ? Optional.of(branch.head().id())
        : entryAt(branch, seq).map(Entry::id);
  }

  /** Empty if nothing is held there: it was cut off, or is before the first. */
  Optional<Entry> entryAt(Branch branch, long seq) {
    if (!branch.covers(seq)) {
      return Optional.empty();
    }
    List<Entry> one = store.entries(state.chain(), branch.label(), seq - 1, 1);
    return one.stream().filter(entry -> entry.header().seq() == seq).findFirst();
  }

  /** The entry at a place that the state says is held. */
  Entry heldAt(Branch branch, long seq) {
    return entryAt(branch, seq)
        .orElseThrow(
            () ->
                new JournalException(
                    "%s/%d".formatted(state.chain().origin(), state.chain().stream()),
                    "was changed by another process while it was read; try again",
                    true));
  }

  /** The branch that a branch leaves; empty for the trunk. */
  Optional<Branch> parentOf(Branch branch) {
    return branch.isTrunk()
        ? Optional.empty()
        : state.branches().stream()
            .filter(other -> other.head().equals(branch.parent()) && other != branch)
            .findFirst();
  }

  /**
   * Points of every line, ever farther apart towards its start, so that whoever holds another end
   * of it finds where the two part.
   */
  SortedSet<Point> samples() {
    TreeSet<Point> samples = new TreeSet<>();
    for (Point tip : state.tips().heads()) {
      Optional<Branch> branch = locate(tip);
      long step = 1;
      for (long seq = tip.seq() - 1; seq > state.cut().seq() && branch.isPresent(); seq -= step) {
        while (branch.isPresent() && seq <= branch.get().parent().seq()) {
          branch = parentOf(branch.get());
        }
        long at = seq;
        branch.flatMap(b -> idAt(b, at)).ifPresent(id -> samples.add(new Point(at, id)));
        step *= 2;
      }
    }
    samples.add(state.cut());
    return samples;
  }
}
