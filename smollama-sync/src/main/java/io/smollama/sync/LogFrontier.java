package io.smollama.sync;

import io.smollama.core.ChainId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

  /** This frontier in parts of so many chains at most; none if it is empty. */
  List<LogFrontier> parts(int most) {
    List<LogFrontier> parts = new ArrayList<>();
    TreeMap<ChainId, Tips> part = new TreeMap<>();
    for (Map.Entry<ChainId, Tips> chain : chains.entrySet()) {
      part.put(chain.getKey(), chain.getValue());
      if (part.size() == most) {
        parts.add(new LogFrontier(part));
        part.clear();
      }
    }
    if (!part.isEmpty()) {
      parts.add(new LogFrontier(part));
    }
    return parts;
  }
}
