package io.smollama.readings;

import io.smollama.core.ReadingProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon thread that alone calls a provider, from the first work to the close. It starts with
 * the first work. Thread-safe.
 */
final class ProviderThread {
  private static final Logger log = LoggerFactory.getLogger(ProviderThread.class);

  private final ReadingProvider provider;
  private final ProviderHealth health;
  private final ThreadPoolExecutor thread;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  ProviderThread(String type, ReadingProvider provider, ProviderHealth health) {
    this.provider = provider;
    this.health = health;
    this.thread =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), loop -> thread(type, loop));
  }

  /** Queues a work. Its answer has failed at once if the thread is closed. */
  <T> CompletableFuture<T> submit(Function<ReadingProvider, T> work) {
    try {
      return CompletableFuture.supplyAsync(() -> watched(work), thread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Interrupts what runs; done when the provider is closed, which waits until that has ended. */
  CompletableFuture<Void> close() {
    thread.shutdownNow();
    if (thread.getLargestPoolSize() == 0) { // nobody has ever called it, so that anybody may
      closeProvider();
    }
    return closed;
  }

  private <T> T watched(Function<ReadingProvider, T> work) {
    health.started();
    try {
      return work.apply(provider);
    } finally {
      health.ended();
    }
  }

  /** The loop over the works ends with the shutdown; then the same thread closes the provider. */
  private Thread thread(String type, Runnable loop) {
    Runnable life =
        () -> {
          loop.run();
          Thread.interrupted(); // was meant for the read, not for the close
          closeProvider();
        };
    Thread created = new Thread(life, "readings-" + type);
    created.setDaemon(true);
    return created;
  }

  private void closeProvider() {
    try {
      provider.close();
    } catch (Throwable e) {
      log.warn("A provider did not close well: {}", provider.type(), e);
    }
    closed.complete(null);
  }
}
