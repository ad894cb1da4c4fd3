package io.smollama.sync;

import io.smollama.core.ChainId;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** A store that does what another does, but for what a subclass adds. Thread-safe. */
abstract class LogStoreAround implements LogStore {
  private final LogStore inner;

  LogStoreAround(LogStore inner) {
    this.inner = inner;
  }

  @Override
  public Self self() {
    return inner.self();
  }

  @Override
  public SortedMap<ChainId, ChainState> chains(ChainRange range, int limit) {
    return inner.chains(range, limit);
  }

  @Override
  public SortedMap<ChainId, ChainState> chains() {
    return inner.chains();
  }

  @Override
  public ChainState chain(ChainId chain) {
    return inner.chain(chain);
  }

  @Override
  public SortedMap<ChainId, ChainState> states(Set<ChainId> chains) {
    return inner.states(chains);
  }

  @Override
  public List<Entry> entries(ChainId chain, String label, long after, int limit) {
    return inner.entries(chain, label, after, limit);
  }

  @Override
  public boolean commit(Change change) {
    return inner.commit(change);
  }
}
