package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Point;
import io.smollama.core.Tips;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How the entries of one chain that are held hang together; a store keeps it beside them. It
 * follows from the set of entries alone, but for what was cut off. Immutable.
 *
 * @param chain which chain
 * @param branches the trunk first, then by label; parents are there too
 * @param marks entries before which the origin has declared that all may be cut off
 */
public record ChainState(ChainId chain, List<Branch> branches, SortedSet<Point> marks) {
  private static final Comparator<Branch> BY_LABEL = Comparator.comparing(Branch::label);

  public ChainState {
    branches =
        branches.size() > 1 ? branches.stream().sorted(BY_LABEL).toList() : List.copyOf(branches);
    marks =
        marks.isEmpty()
            ? Collections.emptySortedSet()
            : Collections.unmodifiableSortedSet(new TreeSet<>(marks));
    if (branches.isEmpty() || !branches.get(0).isTrunk()) {
      throw new IllegalArgumentException("A chain has a trunk, had " + branches);
    }
  }

  /** A chain of which nothing is held. */
  public static ChainState empty(ChainId chain) {
    Branch trunk = new Branch(Branch.TRUNK, Point.START, Point.START);
    return new ChainState(chain, List.of(trunk), Collections.emptySortedSet());
  }

  Branch trunk() {
    return branches.get(0);
  }

  /** The last entry that was cut off; {@link Point#START} if none was. */
  Point cut() {
    return trunk().parent();
  }

  boolean isForked() {
    return branches.size() > 1;
  }

  /** Where every line ends, and what may be gone. */
  public Tips tips() {
    if (!isForked()) {
      Point head = trunk().head();
      return new Tips(cut().seq(), head.seq() > 0 ? List.of(head) : List.of());
    }
    List<Point> heads =
        branches.stream()
            .map(Branch::head)
            .filter(head -> head.seq() > 0 && childrenOf(head).findAny().isEmpty())
            .toList();
    return new Tips(cut().seq(), heads);
  }

  /** The branches that begin behind this point. */
  Stream<Branch> childrenOf(Point point) {
    return branches.stream().filter(branch -> !branch.isTrunk() && branch.parent().equals(point));
  }

  /** How many entries of it are held. */
  long size() {
    return branches.stream().mapToLong(b -> b.head().seq() - b.parent().seq()).sum();
  }

  long highest() {
    return branches.stream().mapToLong(branch -> branch.head().seq()).max().orElse(0);
  }

  /** With one branch in the place of that of the same label. */
  ChainState with(Branch changed) {
    List<Branch> next = new ArrayList<>(branches);
    next.removeIf(branch -> branch.label().equals(changed.label()));
    next.add(changed);
    return new ChainState(chain, next, marks);
  }

  /** With a mark more; the lowest is forgotten if there are too many. */
  ChainState marked(Point mark) {
    TreeSet<Point> next = new TreeSet<>(marks);
    next.add(mark);
    if (next.size() > Limits.MARKS) {
      next.pollFirst();
    }
    return new ChainState(chain, branches, next);
  }
}
