package io.smollama.mqtt;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does one thing after another; what fails is told and stops nothing. Thread-safe.
 */
final class SingleWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SingleWorker.class);
  private static final long LAST_SECONDS = 5;

  private final ScheduledThreadPoolExecutor thread;

  SingleWorker(String name) {
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
  }

  void run(Runnable task) {
    runAfter(Duration.ZERO, task);
  }

  void runAfter(Duration wait, Runnable task) {
    try {
      thread.schedule(() -> safely(task), wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Nothing is done any more", e); // closed
    }
  }

  private static void safely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("A task of the message bus failed", e);
    }
  }

  /** Does what is due, and nothing that is due later. */
  @Override
  public void close() {
    try {
      thread.submit(() -> {}).get(LAST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException
        | RejectedExecutionException e) {
      LOG.debug("The last tasks were not done", e);
    }
    thread.shutdownNow();
  }
}
