package io.smollama.readings;

import io.smollama.core.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the sources of the hub, each at its pace, takes what providers tell by themselves at once,
 * and hands both to the listeners, one batch after another.
 *
 * <p>The first pass is at the start and reads all; the next ones come without drift. A pass that
 * takes longer than an interval lets ticks fall out; they are not made up for. What is told comes
 * in between, in the order in which it was told, and may begin a {@link Burst}. A reading that is
 * the same as the last of its source, with its time, is not given again. A listener gets one batch
 * at a time; one that throws disturbs neither the others nor the pace. A batch is empty when
 * nothing new could be read. Thread-safe.
 */
public final class Sampler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sampler.class);
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(5);

  private final ReadingHub hub;
  private final LongSupplier nanos;
  private final SamplingSchedule schedule;
  private final List<Subscription> listeners = new CopyOnWriteArrayList<>();
  private final ToldReadings told = new ToldReadings();
  private final NewReadings fresh = new NewReadings();
  private final Semaphore wakeUp = new Semaphore(0);
  private final Object onePass = new Object();
  private final Object oneBatch = new Object();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /**
   * A sampler that has not started.
   *
   * @param hub what to read; stays the caller's to close
   * @param nanos a clock that never goes back, {@code System::nanoTime}
   */
  public Sampler(ReadingHub hub, SamplerConfig config, LongSupplier nanos) {
    this.hub = hub;
    this.nanos = nanos;
    this.schedule = new SamplingSchedule(config, nanos.getAsLong());
  }

  /** Gives each batch from now on to a listener, until the subscription is closed. */
  public Subscription listen(Consumer<List<Reading>> listener) {
    Subscription subscription = new Subscription(listener, listeners::remove);
    listeners.add(subscription);
    return subscription;
  }

  /** Begins to sample. Calling it again, or after the close, does nothing. */
  public synchronized void start() {
    if (threads.isEmpty() && !closed) {
      threads.add(begin("sampler", this::samplePassAfterPass));
      threads.add(begin("sampler-told", this::takeWhatIsTold));
      hub.listen(this::hear);
    }
  }

  private static Thread begin(String name, Runnable work) {
    Thread created = new Thread(work, name);
    created.setDaemon(true);
    created.start();
    return created;
  }

  /** On a thread of the provider, which shall not wait. */
  private void hear(List<Reading> readings) {
    told.add(readings);
    long now = nanos.getAsLong();
    for (Reading reading : readings) {
      if (schedule.told(reading.source(), now)) {
        wakeUp.release();
      }
    }
  }

  /** A pass over all sources now, besides those of the pace; the listeners get it too. */
  public List<Reading> sampleNow() {
    synchronized (onePass) {
      List<Reading> batch = hub.readAll();
      deliver(batch);
      return batch;
    }
  }

  private void deliver(List<Reading> batch) {
    synchronized (oneBatch) {
      List<Reading> news = fresh.of(batch);
      listeners.forEach(listener -> listener.deliver(news));
    }
  }

  /** Ends sampling; the pass under way may finish, and is waited for up to 5 seconds. */
  @Override
  public void close() {
    closed = true;
    told.close();
    wakeUp.release();
    List<Thread> running = running();
    if (running.contains(Thread.currentThread())) {
      return; // a listener closes it, whom the others wait for
    }
    try {
      for (Thread thread : running) {
        thread.join(LONGEST_FAREWELL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<Thread> running() {
    return List.copyOf(threads);
  }

  private void samplePassAfterPass() {
    try {
      while (!closed) {
        SamplingSchedule.Due due = schedule.take(nanos.getAsLong());
        if (!due.isNothing()) {
          tryToSample(due);
        }
        if (wakeUp.tryAcquire(schedule.waitAt(nanos.getAsLong()), TimeUnit.NANOSECONDS)) {
          wakeUp.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // somebody wants the thread to end
    }
  }

  /** Whatever goes wrong in one pass, the next one comes. */
  private void tryToSample(SamplingSchedule.Due due) {
    try {
      synchronized (onePass) {
        deliver(hub.readAll(due.sources()));
      }
    } catch (Throwable e) {
      log.error("A pass over the readings failed", e);
    }
  }

  private void takeWhatIsTold() {
    try {
      for (List<Reading> batch = told.take(); !batch.isEmpty(); batch = told.take()) {
        deliver(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // somebody wants the thread to end
    }
  }
}
