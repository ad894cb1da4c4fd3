package io.smollama.cli;

import io.smollama.core.SmollamaException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node does again and again, in a thread of its own, one after the other. Thread-safe. */
final class Chores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Chores::daemon);

  /** Does something at once and then again and again. */
  void nowAndEvery(Duration interval, Runnable chore) {
    schedule(Duration.ZERO, interval, chore);
  }

  /** Does something again and again, first when the interval has passed. */
  void every(Duration interval, Runnable chore) {
    schedule(interval, interval, chore);
  }

  private void schedule(Duration first, Duration interval, Runnable chore) {
    thread.scheduleWithFixedDelay(
        guarded(chore), first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A chore that fails once is due again; without this the schedule would end. */
  private static Runnable guarded(Runnable chore) {
    return () -> {
      try {
        chore.run();
      } catch (SmollamaException e) {
        LOG.warn("{}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.warn("A regular chore failed; it is tried again", e);
      }
    };
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "smollama-chores");
    thread.setDaemon(true);
    return thread;
  }

  /** Interrupts what is under way; nothing is done any more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
