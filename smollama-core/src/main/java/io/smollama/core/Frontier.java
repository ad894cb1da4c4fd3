package io.smollama.core;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a replica holds, exactly: of each chain the last entry that it has without a gap. Also known
 * as a version vector. Immutable.
 *
 * @param heads the last contiguous entry of each chain, in the order of the chains
 */
public record Frontier(SortedMap<ChainId, Head> heads) {

  /** Nothing at all. */
  public static final Frontier EMPTY = new Frontier(new TreeMap<>());

  /**
   * The last entry of a chain.
   *
   * @param seq its place, from 1
   * @param id its hash
   */
  public record Head(long seq, EntryId id) {
    public Head {
      if (seq < 1) {
        throw new IllegalArgumentException("A chain's head is at 1 or above, was " + seq);
      }
    }
  }

  public Frontier {
    heads = Collections.unmodifiableSortedMap(new TreeMap<>(heads));
  }

  /** A frontier of these heads. */
  public static Frontier of(Map<ChainId, Head> heads) {
    return new Frontier(new TreeMap<>(heads));
  }

  /** The head of a chain; empty if nothing of it is held. */
  public Optional<Head> head(ChainId chain) {
    return Optional.ofNullable(heads.get(chain));
  }

  /** How far a chain is held: the sequence number of its head, or 0 before its first entry. */
  public long seq(ChainId chain) {
    return head(chain).map(Head::seq).orElse(0L);
  }

  /** This frontier after the next entry of a chain. */
  public Frontier with(JournalEntry entry) {
    TreeMap<ChainId, Head> next = new TreeMap<>(heads);
    next.put(entry.chain(), new Head(entry.seq(), entry.id()));
    return new Frontier(next);
  }
}
