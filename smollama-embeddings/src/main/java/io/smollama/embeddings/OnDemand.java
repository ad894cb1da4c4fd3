package io.smollama.embeddings;

import io.smollama.core.EmbeddingException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something heavy that is loaded at its first use, let go when nobody used it for a while, and
 * loaded again at the next use. Uses take turns. Closing waits for the use that runs; those that
 * wait, come later or fail because of it are refused with {@link IllegalStateException}.
 */
final class OnDemand<T extends AutoCloseable> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OnDemand.class);

  /** Runs a task later, on some thread. */
  interface Timer {
    void runAfter(Duration delay, Runnable task);
  }

  private final Supplier<T> load;
  private final Duration idle;
  private final Timer timer;
  private @Nullable T loaded;
  private boolean used;
  private volatile boolean closed;

  /**
   * @param idle looked at once in this time: what was not used since the last look is let go; zero
   *     for never
   */
  OnDemand(Supplier<T> load, Duration idle, Timer timer) {
    this.load = load;
    this.idle = idle;
    this.timer = timer;
  }

  <R> R use(Function<T, R> work) {
    try {
      return useInTurn(work);
    } catch (EmbeddingException e) {
      if (closed) { // a library that is torn down while it loads fails, which is no fault of it
        throw refusal(e);
      }
      throw e;
    }
  }

  private synchronized <R> R useInTurn(Function<T, R> work) {
    if (closed) {
      throw refusal(null);
    }
    if (loaded == null) {
      loaded = load.get();
      lookLater();
    }
    used = true;
    return work.apply(loaded);
  }

  private static IllegalStateException refusal(@Nullable Throwable cause) {
    return new IllegalStateException("These embeddings are closed", cause);
  }

  private void lookLater() {
    if (!idle.isZero()) {
      timer.runAfter(idle, this::look);
    }
  }

  private synchronized void look() {
    if (loaded != null && used) {
      used = false;
      lookLater();
    } else {
      letGo();
    }
  }

  private synchronized void letGo() {
    T unneeded = loaded;
    loaded = null;
    if (unneeded != null) {
      try {
        unneeded.close();
      } catch (Exception e) { // nobody waits for it any more
        LOG.warn("A model was not closed as it should", e);
      }
    }
  }

  @Override
  public void close() {
    closed = true; // before the lock, so that who waits for it gives up
    letGo();
  }
}
