package io.smollama.sync;

import java.util.Map;
import java.util.Optional;

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
