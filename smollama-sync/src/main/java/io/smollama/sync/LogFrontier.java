package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ReplicaId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a replica holds of all chains, forks included; a version vector. Immutable.
 *
 * @param chains the tips of each chain, in the order of the chains
 */
public record LogFrontier(SortedMap<ChainId, Tips> chains) {
  /** Nothing at all. */
  public static final LogFrontier EMPTY = new LogFrontier(new TreeMap<>());

  public LogFrontier {
    chains = Collections.unmodifiableSortedMap(new TreeMap<>(chains));
  }

  static LogFrontier of(Map<ChainId, Tips> chains) {
    return new LogFrontier(new TreeMap<>(chains));
  }

  /** The tips of a chain; {@link Tips#NONE} if it is not known. */
  public Tips tips(ChainId chain) {
    return chains.getOrDefault(chain, Tips.NONE);
  }

  /** This frontier where another says nothing, else the other. */
  LogFrontier updatedBy(LogFrontier newer) {
    TreeMap<ChainId, Tips> all = new TreeMap<>(chains);
    all.putAll(newer.chains);
    return new LogFrontier(all);
  }

  /**
   * What a peer that held this holds when it has taken in these runs, each of which it can place.
   */
  LogFrontier after(List<Run> runs) {
    TreeMap<ChainId, Tips> all = new TreeMap<>(chains);
    for (Run run : runs) {
      Tips tips = all.getOrDefault(run.chain(), Tips.NONE);
      List<Point> heads = new ArrayList<>(tips.heads());
      heads.remove(Point.before(run.first()));
      heads.add(Point.of(run.last()));
      all.put(run.chain(), new Tips(tips.cut(), heads));
    }
    return new LogFrontier(all);
  }

  /**
   * What fits in one message.
   *
   * @param end the first chain that does not; empty if all do
   */
  record Slice(LogFrontier frontier, Optional<ChainId> end) {}

  /** As many chains from this one on as fit in a message. */
  Slice slice(Optional<ChainId> from) {
    TreeMap<ChainId, Tips> slice = new TreeMap<>();
    int tips = 0;
    for (var chain : (from.isPresent() ? chains.tailMap(from.get()) : chains).entrySet()) {
      if (tips >= Limits.MESSAGE_TIPS) {
        return new Slice(new LogFrontier(slice), Optional.of(chain.getKey()));
      }
      slice.put(chain.getKey(), chain.getValue());
      tips += 1 + chain.getValue().heads().size();
    }
    return new Slice(new LogFrontier(slice), Optional.empty());
  }

  /** Of the chains of one origin what fits beside a slice of others. */
  LogFrontier of(ReplicaId origin) {
    TreeMap<ChainId, Tips> own = new TreeMap<>(chains);
    own.keySet().removeIf(chain -> !chain.origin().equals(origin));
    return new LogFrontier(own).first(Limits.MESSAGE_TIPS / 4);
  }

  private LogFrontier first(int most) {
    TreeMap<ChainId, Tips> first = new TreeMap<>();
    int tips = 0;
    for (var chain : chains.entrySet()) {
      tips += 1 + chain.getValue().heads().size();
      if (tips <= most) {
        first.put(chain.getKey(), chain.getValue());
      }
    }
    return new LogFrontier(first);
  }
}
