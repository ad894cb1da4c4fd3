package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import io.smollama.core.Tips;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an exchange makes of frontiers. */
final class Frontiers {
  private Frontiers() {}

  /** Where chains end; those of which nothing is held are left out. */
  static Frontier of(Map<ChainId, ChainState> states) {
    TreeMap<ChainId, Tips> chains = new TreeMap<>();
    states.forEach((chain, state) -> chains.put(chain, state.tips()));
    chains.values().removeIf(tips -> tips.heads().isEmpty());
    return new Frontier(chains);
  }

  /**
   * What a peer that held a frontier holds when it has taken in these runs, each of which it can
   * place.
   */
  static Frontier after(Frontier frontier, List<Run> runs) {
    TreeMap<ChainId, Tips> all = new TreeMap<>(frontier.chains());
    for (Run run : runs) {
      Tips tips = all.getOrDefault(run.chain(), Tips.NONE);
      List<Point> heads = new ArrayList<>(tips.heads());
      heads.remove(Points.before(run.first()));
      heads.add(Points.of(run.last()));
      all.put(run.chain(), new Tips(tips.cut(), heads));
    }
    return new Frontier(all);
  }

  /**
   * What fits in one message.
   *
   * @param end the first chain that does not; empty if all do
   */
  record Slice(Frontier frontier, Optional<ChainId> end) {}

  /** As many chains of a frontier from one on as fit in a message. */
  static Slice slice(Frontier frontier, Optional<ChainId> from) {
    SortedMap<ChainId, Tips> chains = frontier.chains();
    TreeMap<ChainId, Tips> slice = new TreeMap<>();
    int tips = 0;
    for (var chain : (from.isPresent() ? chains.tailMap(from.get()) : chains).entrySet()) {
      if (tips >= Limits.MESSAGE_TIPS) {
        return new Slice(new Frontier(slice), Optional.of(chain.getKey()));
      }
      slice.put(chain.getKey(), chain.getValue());
      tips += 1 + chain.getValue().heads().size();
    }
    return new Slice(new Frontier(slice), Optional.empty());
  }

  /** Of the chains of one origin what fits beside a slice of others. */
  static Frontier of(Frontier frontier, ReplicaId origin) {
    TreeMap<ChainId, Tips> first = new TreeMap<>();
    int tips = 0;
    for (var chain : frontier.chains().entrySet()) {
      if (chain.getKey().origin().equals(origin)) {
        tips += 1 + chain.getValue().heads().size();
        if (tips <= Limits.MESSAGE_TIPS / 4) {
          first.put(chain.getKey(), chain.getValue());
        }
      }
    }
    return new Frontier(first);
  }
}
