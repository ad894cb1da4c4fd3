package io.smollama.readings;

import io.smollama.core.Reading;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener's place at a sampler; closing it ends the listening. Thread-safe. */
public final class Subscription implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Subscription.class);

  private final Consumer<List<Reading>> listener;
  private final Consumer<Subscription> remover;
  private final Set<Class<?>> complained = ConcurrentHashMap.newKeySet();

  Subscription(Consumer<List<Reading>> listener, Consumer<Subscription> remover) {
    this.listener = listener;
    this.remover = remover;
  }

  /** The listener gets no further batch. Calling it again does nothing. */
  @Override
  public void close() {
    remover.accept(this);
  }

  /** A failure stays with the listener that failed; each kind is logged once. */
  void deliver(List<Reading> batch) {
    try {
      listener.accept(batch);
    } catch (Throwable e) {
      if (complained.add(e.getClass())) {
        log.warn("A listener failed; further {} of it are not logged", e.getClass().getName(), e);
      }
    }
  }
}
