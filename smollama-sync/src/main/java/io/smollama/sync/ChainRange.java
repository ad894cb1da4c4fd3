package io.smollama.sync;

import io.smollama.core.ChainId;
import java.util.Objects;
import java.util.Optional;

/**
 * Which chains a message speaks of, in their order, so that a replica of very many can say what it
 * holds in several messages. Immutable.
 *
 * @param from the first chain; empty for the very first
 * @param to the first chain that is not meant any more; empty for none
 */
public record ChainRange(Optional<ChainId> from, Optional<ChainId> to) {
  /** All chains. */
  public static final ChainRange ALL = new ChainRange(Optional.empty(), Optional.empty());

  public ChainRange {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }

  boolean contains(ChainId chain) {
    return from.map(first -> first.compareTo(chain) <= 0).orElse(true)
        && to.map(end -> chain.compareTo(end) < 0).orElse(true);
  }
}
