package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ReplicaId;
import io.smollama.sync.SyncMessage.Pull;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The chains that one answer to a pull looks at: those that are asked for, in their order, as many
 * as an answer may cost.
 *
 * @param next the first that is asked for and was not looked at; empty if all were
 */
record Wanted(SortedMap<ChainId, ChainState> chains, Optional<ChainId> next) {
  static Wanted of(LogStore store, Pull pull) {
    TreeMap<ChainId, ChainState> chains = new TreeMap<>();
    Optional<ChainId> next = Optional.empty();
    for (ChainRange range : ranges(pull)) {
      if (next.isEmpty()) {
        chains.putAll(store.chains(range, Limits.ANSWER_CHAINS + 1 - chains.size()));
        if (chains.size() > Limits.ANSWER_CHAINS) {
          next = Optional.of(chains.pollLastEntry().getKey());
        }
      }
    }
    if (!pull.streams().isEmpty()) {
      chains.keySet().removeIf(chain -> !pull.streams().contains(chain.stream()));
    }
    return new Wanted(chains, next);
  }

  private static List<ChainRange> ranges(Pull pull) {
    return pull.origins().isEmpty()
        ? List.of(pull.range())
        : pull.origins().stream()
            .map((ReplicaId origin) -> ChainRange.of(origin).within(pull.range()))
            .flatMap(Optional::stream)
            .toList();
  }
}
