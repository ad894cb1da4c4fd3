package io.smollama.core;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is held of all chains, exactly, forks included: of each chain the last entry of every line.
 * Also known as a version vector. Immutable.
 *
 * @param chains the tips of each chain, in the order of the chains
 */
public record Frontier(SortedMap<ChainId, Tips> chains) {

  /** Nothing at all. */
  public static final Frontier EMPTY = new Frontier(new TreeMap<>());

  public Frontier {
    chains = Collections.unmodifiableSortedMap(new TreeMap<>(chains));
  }

  /** A frontier of these tips. */
  public static Frontier of(Map<ChainId, Tips> chains) {
    return new Frontier(new TreeMap<>(chains));
  }

  /** The tips of a chain; {@link Tips#NONE} if nothing of it is held. */
  public Tips tips(ChainId chain) {
    return chains.getOrDefault(chain, Tips.NONE);
  }

  /** This frontier where another says nothing, else the other. */
  public Frontier updatedBy(Frontier newer) {
    TreeMap<ChainId, Tips> all = new TreeMap<>(chains);
    all.putAll(newer.chains);
    return new Frontier(all);
  }

  /** This frontier after the next entry of a chain that has never forked. */
  public Frontier with(JournalEntry next) {
    TreeMap<ChainId, Tips> all = new TreeMap<>(chains);
    Tips before = tips(next.chain());
    all.put(next.chain(), new Tips(before.cut(), List.of(new Point(next.seq(), next.id()))));
    return new Frontier(all);
  }
}
