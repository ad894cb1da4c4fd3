package io.smollama.sync;

import io.smollama.core.ChainId;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a replica keeps its log: the only state that the core has. Several processes may write
 * through one database, each with a store of its own.
 *
 * <p>Implementations apply a {@link Change} as a whole or not at all, and only if every {@code
 * before} in it and its {@code writer} are still what is stored; a change is on durable storage
 * before {@link #commit} says {@code true}. They keep at most {@link Limits#QUARANTINED}
 * quarantined entries, and give payloads back byte by byte. They throw {@link
 * io.smollama.core.JournalException} when storage fails; whether a change that was under way was
 * made is then found out by reading.
 *
 * <p>Callers may rely on reads showing every change that was committed before they began; two reads
 * are not of one moment. Thread-safe.
 */
public interface LogStore {
  /** Who writes here. */
  Self self();

  /**
   * The first chains of a range of which anything is known, in their order. What this costs follows
   * from how many are given, not from how many there are. Not to be changed; it may go on showing
   * what is committed.
   *
   * @param limit the most chains to return, at least 1
   */
  SortedMap<ChainId, ChainState> chains(ChainRange range, int limit);

  /**
   * All chains of which anything is known. Not to be changed; it may go on showing what is
   * committed.
   */
  default SortedMap<ChainId, ChainState> chains() {
    return chains(ChainRange.ALL, Integer.MAX_VALUE);
  }

  /** What is known of one chain; {@link ChainState#empty} if nothing is. */
  ChainState chain(ChainId chain);

  /** What is known of each of these chains. */
  default SortedMap<ChainId, ChainState> states(Set<ChainId> chains) {
    TreeMap<ChainId, ChainState> states = new TreeMap<>();
    chains.forEach(chain -> states.put(chain, chain(chain)));
    return states;
  }

  /**
   * Entries of one branch.
   *
   * @param after only those with higher sequence numbers
   * @param limit the most entries to return, at least 1
   * @return in the order of their sequence numbers; empty if there are none
   */
  List<Entry> entries(ChainId chain, String label, long after, int limit);

  /**
   * Makes a change.
   *
   * @return false if something else was committed in between and nothing was changed
   */
  boolean commit(Change change);
}
