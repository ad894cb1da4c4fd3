package io.smollama.embeddings;

import io.smollama.core.EmbeddingException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something heavy that is loaded at its first use, let go when nobody used it for a while, and
 * loaded again at the next use. So many uses as are told go on at once, others wait. Closing waits
 * for those that go on; those that wait, come later or fail because of it are refused with {@link
 * IllegalStateException}. Thread-safe.
 */
final class OnDemand<T extends AutoCloseable> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OnDemand.class);

  /** Runs a task later, on some thread. */
  interface Timer {
    void runAfter(Duration delay, Runnable task);
  }

  private final Supplier<T> load;
  private final int most;
  private final Duration idle;
  private final Timer timer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private @Nullable T loaded;
  private int uses;
  private boolean used;
  private volatile boolean closed;

  /**
   * @param most uses that go on at once, at least one
   * @param idle looked at once in this time: what was not used since the last look is let go; zero
   *     for never
   */
  OnDemand(Supplier<T> load, int most, Duration idle, Timer timer) {
    this.load = load;
    this.most = most;
    this.idle = idle;
    this.timer = timer;
  }

  <R> R use(Function<T, R> work) {
    try {
      T entered = enter();
      try {
        return work.apply(entered);
      } finally {
        leave();
      }
    } catch (EmbeddingException e) {
      if (closed) { // a library that is torn down while it loads fails, which is no fault of it
        throw refusal(e);
      }
      throw e;
    }
  }

  /** Loads under the lock: who comes meanwhile would have to wait for it anyway. */
  private T enter() {
    lock.lock();
    try {
      while (uses == most && !closed) {
        left.awaitUninterruptibly();
      }
      if (closed) {
        throw refusal(null);
      }
      T entered = loaded;
      if (entered == null) {
        entered = load.get();
        loaded = entered;
        lookLater();
      }
      uses++;
      return entered;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      uses--;
      used = true;
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static IllegalStateException refusal(@Nullable Throwable cause) {
    return new IllegalStateException("These embeddings are closed", cause);
  }

  private void lookLater() {
    if (!idle.isZero()) {
      timer.runAfter(idle, this::look);
    }
  }

  private void look() {
    lock.lock();
    try {
      if (loaded != null && (used || uses > 0)) {
        used = false;
        lookLater();
      } else {
        letGo();
      }
    } finally {
      lock.unlock();
    }
  }

  private void letGo() {
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
    lock.lock();
    try {
      left.signalAll();
      while (uses > 0) {
        left.awaitUninterruptibly();
      }
      letGo();
    } finally {
      lock.unlock();
    }
  }
}
