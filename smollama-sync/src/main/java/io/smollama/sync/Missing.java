package io.smollama.sync;

import io.smollama.core.Point;
import io.smollama.core.Tips;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of one chain a peer lacks and can place, from what it says that it holds. One thread at a
 * time.
 */
final class Missing {
  private final ChainMap map;
  private final ChainState state;
  private final Tips known;

  /**
   * Up to where the peer surely holds each branch, by label; branches of which nothing is known are
   * absent.
   */
  private final Map<String, Long> held = new HashMap<>();

  private final List<Stretch> stretches = new ArrayList<>();

  private Missing(ChainMap map, Tips known) {
    this.map = map;
    this.state = map.state();
    this.known = known;
  }

  /**
   * Entries of one branch behind a place.
   *
   * @param needs the branch, also to be sent, that the peer must have in full before it can place
   *     these
   */
  record Stretch(Branch branch, long after, Optional<Branch> needs) {}

  /**
   * The answer.
   *
   * @param stretches what to send, a branch before those that leave it
   * @param inDoubt whether the peer has a tip that is not held here, so that it may hold more than
   *     it is given credit for
   */
  record Answer(List<Stretch> stretches, boolean inDoubt) {}

  /**
   * Works it out.
   *
   * @param samples further points that the peer holds; with any, what matches none of them is taken
   *     as lacking
   */
  static Answer of(ChainMap map, Tips known, Collection<Point> samples) {
    if (known.heads().equals(map.state().tips().heads())) {
      return new Answer(List.of(), false);
    }
    return new Missing(map, known).answer(samples);
  }

  private Answer answer(Collection<Point> samples) {
    boolean behindMyCut = known.highest() < state.cut().seq();
    boolean inDoubt = known.heads().stream().filter(tip -> !found(tip)).count() > 0;
    samples.forEach(this::found);
    boolean sure = !inDoubt || !samples.isEmpty() || behindMyCut;
    List<Branch> parentsFirst = new ArrayList<>(state.branches());
    parentsFirst.sort(Comparator.comparingLong(branch -> branch.parent().seq()));
    for (Branch branch : parentsFirst) {
      long after = held.getOrDefault(branch.label(), branch.parent().seq());
      if (after < branch.head().seq()
          && (held.containsKey(branch.label()) || (sure && canBegin(branch)))) {
        stretches.add(new Stretch(branch, after, map.parentOf(branch).filter(this::isSent)));
      }
    }
    return new Answer(stretches, inDoubt && !behindMyCut);
  }

  private boolean isSent(Branch branch) {
    return stretches.stream().anyMatch(stretch -> stretch.branch().equals(branch));
  }

  /** Notes a point that the peer holds, with the whole line before it. */
  private boolean found(Point point) {
    Optional<Branch> branch = map.locate(point);
    long upTo = point.seq();
    for (Optional<Branch> on = branch; on.isPresent(); on = map.parentOf(on.get())) {
      held.merge(on.get().label(), upTo, Math::max);
      upTo = on.get().parent().seq();
    }
    return branch.isPresent();
  }

  /** Whether the peer can take the first entry of a branch of which it holds none. */
  private boolean canBegin(Branch branch) {
    if (branch.parent().equals(Point.START)) {
      return known.cut() == 0;
    }
    if (branch.isTrunk()) {
      return known.highest() < branch.parent().seq() && known.heads().size() <= 1;
    }
    boolean willHoldParent =
        map.parentOf(branch)
            .map(
                parent ->
                    isSent(parent) || held.getOrDefault(parent.label(), -1L) >= parent.head().seq())
            .orElse(false);
    return willHoldParent && known.cut() <= branch.parent().seq();
  }
}
