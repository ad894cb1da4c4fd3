package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.sync.Change.ChainChange;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells which chains grew, after each commit and outside of any lock. Thread-safe. */
final class ObservedLogStore extends LogStoreAround {
  private static final Logger LOG = LoggerFactory.getLogger(ObservedLogStore.class);

  private final List<Consumer<Set<ChainId>>> listeners = new CopyOnWriteArrayList<>();

  ObservedLogStore(LogStore inner) {
    super(inner);
  }

  void add(Consumer<Set<ChainId>> listener) {
    listeners.add(listener);
  }

  void remove(Consumer<Set<ChainId>> listener) {
    listeners.remove(listener);
  }

  @Override
  public boolean commit(Change change) {
    boolean done = super.commit(change);
    Set<ChainId> grown = done ? grown(change) : Set.of();
    if (!grown.isEmpty()) {
      listeners.forEach(listener -> tell(listener, grown));
    }
    return done;
  }

  private static Set<ChainId> grown(Change change) {
    return change.chains().stream()
        .filter(chain -> !chain.added().isEmpty())
        .map(ChainChange::after)
        .map(ChainState::chain)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What is committed stays so, whatever a listener makes of it. */
  private static void tell(Consumer<Set<ChainId>> listener, Set<ChainId> grown) {
    try {
      listener.accept(grown);
    } catch (RuntimeException e) {
      LOG.warn("A listener of the journal failed: {}", e.getMessage(), e);
    }
  }
}
