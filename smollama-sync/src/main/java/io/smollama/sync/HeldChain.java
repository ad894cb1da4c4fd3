package io.smollama.sync;

import io.smollama.core.ChainId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A chain as the tables have it. Immutable.
 *
 * @param number what the tables call it
 * @param numbers what they call its branches, by label
 */
record HeldChain(long number, ChainState state, Map<String, Long> numbers) {
  HeldChain {
    numbers = Map.copyOf(numbers);
  }

  /** The first states of some chains. */
  static SortedMap<ChainId, ChainState> states(Map<ChainId, HeldChain> chains, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("A limit is at least 1, was " + limit);
    }
    TreeMap<ChainId, ChainState> states = new TreeMap<>();
    for (Map.Entry<ChainId, HeldChain> chain : chains.entrySet()) {
      if (states.size() == limit) {
        break;
      }
      states.put(chain.getKey(), chain.getValue().state());
    }
    return states;
  }

  Optional<Branch> branch(String label) {
    return state.branches().stream().filter(branch -> branch.label().equals(label)).findFirst();
  }

  long number(String label) {
    Long number = numbers.get(label);
    if (number == null) {
      throw new IllegalStateException("No branch '" + label + "' of " + state.chain());
    }
    return number;
  }
}
