package io.smollama.readings;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon thread that looks at inputs when they are due, and at once when it is woken.
 * Thread-safe.
 */
final class PinWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PinWatch.class);

  private final LongSupplier step;
  private volatile boolean closed;
  private volatile @Nullable Thread thread;

  /**
   * A watch.
   *
   * @param step looks at what is due and says after how many nanoseconds more will be
   */
  PinWatch(LongSupplier step) {
    this.step = step;
  }

  void start() {
    Thread started = new Thread(this::watch, "gpio-watch");
    started.setDaemon(true);
    thread = started;
    started.start();
  }

  private void watch() {
    while (!closed) {
      long left = InputFilter.LOOK_EVERY;
      try {
        left = step.getAsLong();
      } catch (RuntimeException | LinkageError e) {
        LOG.warn("The pins could not be looked at", e);
      }
      if (left > 0 && !closed) {
        LockSupport.parkNanos(this, left);
      }
    }
  }

  /** Has it look at once. */
  void wake() {
    LockSupport.unpark(thread);
  }

  @Override
  public void close() {
    closed = true;
    wake();
  }
}
