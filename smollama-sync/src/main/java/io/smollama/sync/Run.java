package io.smollama.sync;

import io.smollama.core.ChainId;
import java.util.List;
import java.util.Objects;

/**
 * Entries of one chain on their way to a peer, meant to be consecutive: each follows the one before
 * it. Every entry hashes to its id, since an {@link Entry} cannot be made otherwise; whether they
 * chain is for the receiver to see. Immutable.
 *
 * @param chain the chain that all of them belong to
 * @param entries in the order of their sequence numbers; none only if the first was damaged
 * @param damaged whether more was sent behind them that could not be read or does not hash to its
 *     id
 */
public record Run(ChainId chain, List<Entry> entries, boolean damaged) {
  public Run {
    Objects.requireNonNull(chain, "chain");
    entries = List.copyOf(entries);
    if (entries.size() > Limits.MESSAGE_ENTRIES) {
      throw new IllegalArgumentException(
          "A run has at most %d entries, had %d".formatted(Limits.MESSAGE_ENTRIES, entries.size()));
    }
    if (entries.isEmpty() && !damaged) {
      throw new IllegalArgumentException("A run has an entry, or what is left of one");
    }
    for (Entry entry : entries) {
      if (!entry.header().chain().equals(chain)) {
        throw new IllegalArgumentException("%s is not of %s".formatted(entry, chain));
      }
    }
  }

  /** A sound run. */
  public static Run of(List<Entry> entries) {
    return new Run(entries.get(0).header().chain(), entries, false);
  }

  Entry first() {
    return entries.get(0);
  }

  Entry last() {
    return entries.get(entries.size() - 1);
  }
}
