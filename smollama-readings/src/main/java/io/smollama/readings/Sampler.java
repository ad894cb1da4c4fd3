package io.smollama.readings;

import io.smollama.core.Reading;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the hub at a fixed pace and hands each batch to the listeners, one after another.
 *
 * <p>The first pass is at the start, the next one interval later, without drift. A pass that takes
 * longer than the interval lets ticks fall out; they are not made up for. A listener gets one batch
 * at a time; one that throws disturbs neither the others nor the pace. A batch is empty when
 * nothing could be read. Thread-safe.
 */
public final class Sampler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sampler.class);
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(5);

  private final ReadingHub hub;
  private final SamplerConfig config;
  private final LongSupplier nanos;
  private final List<Subscription> listeners = new CopyOnWriteArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Object onePass = new Object();
  private @Nullable Thread thread;

  /**
   * A sampler that has not started.
   *
   * @param hub what to read; stays the caller's to close
   * @param nanos a clock that never goes back, {@code System::nanoTime}
   */
  public Sampler(ReadingHub hub, SamplerConfig config, LongSupplier nanos) {
    this.hub = hub;
    this.config = config;
    this.nanos = nanos;
  }

  /** Gives each batch from now on to a listener, until the subscription is closed. */
  public Subscription listen(Consumer<List<Reading>> listener) {
    Subscription subscription = new Subscription(listener, listeners::remove);
    listeners.add(subscription);
    return subscription;
  }

  /** Begins to sample. Calling it again, or after the close, does nothing. */
  public synchronized void start() {
    if (thread == null && stopped.getCount() > 0) {
      Thread created = new Thread(this::run, "sampler");
      created.setDaemon(true);
      created.start();
      thread = created;
    }
  }

  /** A pass now, besides those of the pace; the listeners get it too. */
  public List<Reading> sampleNow() {
    synchronized (onePass) {
      List<Reading> batch = hub.readAll();
      listeners.forEach(listener -> listener.deliver(batch));
      return batch;
    }
  }

  /** Ends sampling; the pass under way may finish, and is waited for up to 5 seconds. */
  @Override
  public void close() {
    stopped.countDown();
    Thread running = running();
    try {
      if (running != null && running != Thread.currentThread()) {
        running.join(LONGEST_FAREWELL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Thread running() {
    return thread;
  }

  /** Whatever goes wrong in one pass, the next one comes. */
  private void tryToSample() {
    try {
      sampleNow();
    } catch (Throwable e) {
      log.error("A pass over the readings failed", e);
    }
  }

  private void run() {
    TickSchedule schedule = new TickSchedule(nanos.getAsLong(), config.interval().toNanos());
    try {
      do {
        tryToSample();
      } while (!stopped.await(schedule.waitAt(nanos.getAsLong()), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // somebody wants the thread to end
    }
  }
}
