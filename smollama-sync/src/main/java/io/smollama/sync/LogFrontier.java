package io.smollama.sync;

import io.smollama.core.ChainId;
import java.util.Collections;
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
}
