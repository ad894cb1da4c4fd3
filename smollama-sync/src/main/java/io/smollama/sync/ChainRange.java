package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ReplicaId;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

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

  /** All chains of one origin. */
  public static ChainRange of(ReplicaId origin) {
    return new ChainRange(
        Optional.of(new ChainId(origin, 0)), after(origin).map(next -> new ChainId(next, 0)));
  }

  /** Origins are numbers of 128 bits. */
  private static Optional<ReplicaId> after(ReplicaId origin) {
    BigInteger next = new BigInteger(origin.hex(), 16).add(BigInteger.ONE);
    return next.bitLength() > 128
        ? Optional.empty()
        : Optional.of(new ReplicaId("%032x".formatted(next)));
  }

  /** What of this range lies in another as well; empty if nothing does. */
  Optional<ChainRange> within(ChainRange other) {
    Optional<ChainId> first =
        Stream.of(from, other.from).flatMap(Optional::stream).max(Comparator.naturalOrder());
    Optional<ChainId> end =
        Stream.of(to, other.to).flatMap(Optional::stream).min(Comparator.naturalOrder());
    boolean some = first.isEmpty() || end.isEmpty() || first.get().compareTo(end.get()) < 0;
    return some ? Optional.of(new ChainRange(first, end)) : Optional.empty();
  }

  /**
   * The first of these that lie in this range.
   *
   * @param limit at least 1
   */
  <T> SortedMap<ChainId, T> first(NavigableMap<ChainId, T> chains, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("A limit is at least 1, was " + limit);
    }
    NavigableMap<ChainId, T> tail = from.map(start -> chains.tailMap(start, true)).orElse(chains);
    NavigableMap<ChainId, T> part = to.map(end -> tail.headMap(end, false)).orElse(tail);
    TreeMap<ChainId, T> first = new TreeMap<>();
    part.entrySet().stream().limit(limit).forEach(e -> first.put(e.getKey(), e.getValue()));
    return first;
  }

  boolean contains(ChainId chain) {
    return from.map(first -> first.compareTo(chain) <= 0).orElse(true)
        && to.map(end -> chain.compareTo(end) < 0).orElse(true);
  }
}
